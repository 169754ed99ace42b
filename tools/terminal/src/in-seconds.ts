/** Says how long something took, to a tenth of a second: `1.5 s`. */
export function inSeconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`
}
