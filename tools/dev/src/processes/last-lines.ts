/** The newest lines of a process's output, the older ones forgotten. */
export interface LastLines {
  add(line: string): void
  all(): readonly string[]
}

/** Keeps up to `count` lines. */
export function keepLastLines(count: number): LastLines {
  let lines: string[] = []
  return {
    add(line) {
      lines.push(line)
      if (lines.length >= 2 * count) lines = lines.slice(-count)
    },
    all: () => lines.slice(-count),
  }
}
