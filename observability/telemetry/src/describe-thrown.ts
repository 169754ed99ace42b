/** What is told of something thrown, and of what caused it. */
export interface Thrown {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly cause?: Thrown
}

const deepestCause = 5
const mostTogether = 5

/**
 * Describes something thrown for the log, with its causes. Only name, message and code are kept: drivers hang rows, parameters
 * and whole responses onto their errors, and those may hold what no log should. Nor is a message kept that quotes what it read.
 */
export function describeThrown(thrown: unknown, depth = 0): Thrown {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: 'something that is no Error was thrown' }
  const described: { -readonly [Key in keyof Thrown]: Thrown[Key] } = { name: thrown.name, message: messageOf(thrown) }
  if ('code' in thrown && typeof thrown.code === 'string') described.code = thrown.code
  if (thrown.cause !== undefined && depth < deepestCause) described.cause = describeThrown(thrown.cause, depth + 1)
  return described
}

/** Describes something thrown together with the stacks of it and of its causes, one after the other. */
export function describeFully(thrown: unknown): Thrown & { readonly stack: string; readonly errors?: readonly Thrown[] } {
  const stacks: string[] = []
  for (let at: unknown = thrown; at instanceof Error && stacks.length <= deepestCause; at = at.cause) stacks.push(stackOf(at))
  const described = { ...describeThrown(thrown), stack: stacks.join('\ncaused by: ') }
  if (!(thrown instanceof AggregateError)) return described
  return { ...described, errors: thrown.errors.slice(0, mostTogether).map((error: unknown) => describeThrown(error)) }
}

/** A stack begins with the message, as it was when the error was made. */
function stackOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line))
  return [`${error.name}: ${messageOf(error)}`, ...frames].join('\n')
}

/** Parsers quote what they could not read, and PostgreSQL the values it could not take (class 22 of its codes). */
function messageOf(error: Error): string {
  const quotes = error instanceof SyntaxError || ('code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code))
  return quotes ? 'a value could not be read, and is not told' : error.message
}
