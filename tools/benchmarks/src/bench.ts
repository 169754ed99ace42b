import type { BenchOptions } from './bench-arguments.ts'

/** Something that can be measured by name. */
export interface Bench {
  readonly name: string
  readonly what: string
  /** Measures and says what it saw. Throws the reason of `signal` when it is told to stop; nothing is left running then. */
  run(options: BenchOptions, around: BenchSurroundings): Promise<void>
}

export interface BenchSurroundings {
  readonly signal: AbortSignal
  readonly say: (text: string) => void
}
