/** What a process has used since its start, all its threads together. */
export interface Usage {
  readonly cpuMicros: number
  readonly rssBytes: number
}

/** What a process of a benchmark does when it is asked. */
export type Work = Readonly<Record<string, (words: never) => Promise<unknown>>>

/**
 * Lets the benchmark ask this process for its work, one thing at a time: `usage` and what it does besides. It ends with the
 * benchmark.
 */
export function serveSide(work: Work): void {
  const all: Work = { ...work, usage: () => Promise.resolve(usage()) }
  // Ctrl-C reaches all; the benchmark decides
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit())
  process.on('message', ({ asked, words }: { asked: string; words: never }) => {
    const doing = all[asked]?.(words) ?? Promise.reject(new TypeError(`nobody here does ${asked}`))
    doing.then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ failure: String(error) }),
    )
  })
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() }
}
