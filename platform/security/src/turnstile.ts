/** Lets a few pieces of work run at once; the others wait their turn, first come first served. */
export interface Turnstile {
  run<Result>(work: () => Promise<Result>): Promise<Result>
}

/** Makes a turnstile for `places` pieces of work at once. */
export function createTurnstile(places: number): Turnstile {
  let free = places
  const waiting: (() => void)[] = []
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resume) => waiting.push(resume))
  }
  // A place is handed to the next in line rather than freed, so a newcomer cannot overtake.
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    async run(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
