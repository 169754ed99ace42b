/** One thing the command line can do. */
export interface Command {
  /** The words that call it: `['dlq', 'retry']`. */
  readonly words: readonly string[]
  /** What follows the words in the usage line. */
  readonly parameters: string
  /** How many words it takes after those that call it. */
  readonly takes: 'none' | 'one' | 'many'
  readonly summary: string
  /** Options it takes besides `--help`, with what they mean. */
  readonly options: Readonly<Record<string, { readonly kind: 'string' | 'boolean'; readonly help: string }>>
  run(request: Request): Promise<void>
}

export interface Request {
  readonly parameters: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly print: (line: string) => void
}

/** The call itself was wrong; what to do instead is in the message. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What was asked for is not so (no such saga, drift found); exit code 1, no stack. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** Gives an option that is text. */
export function textOption({ options }: Request, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
