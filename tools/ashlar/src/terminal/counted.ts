/** Counts things in words: `1 attempt`, `3 attempts`. */
export function counted(count: number, thing: string): string {
  return `${count} ${count === 1 ? thing : `${thing}s`}`
}
