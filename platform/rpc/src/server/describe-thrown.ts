/** What is told of something thrown, and of what caused it. */
export interface Thrown {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly cause?: Thrown
}

const deepestCause = 5

/**
 * Describes something thrown for the log, with its causes. Only name, message and code are kept: drivers hang rows, parameters
 * and whole responses onto their errors, and those may hold what no log should.
 */
export function describeThrown(thrown: unknown, depth = 0): Thrown {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: 'something that is no Error was thrown' }
  const described: { -readonly [Key in keyof Thrown]: Thrown[Key] } = { name: thrown.name, message: thrown.message }
  if ('code' in thrown && typeof thrown.code === 'string') described.code = thrown.code
  if (thrown.cause !== undefined && depth < deepestCause) described.cause = describeThrown(thrown.cause, depth + 1)
  return described
}

/** Describes something thrown together with the stacks of it and of its causes, one after the other. */
export function describeFully(thrown: unknown): Thrown & { readonly stack: string } {
  const stacks: string[] = []
  for (let at: unknown = thrown; at instanceof Error && stacks.length <= deepestCause; at = at.cause) stacks.push(at.stack ?? at.message)
  return { ...describeThrown(thrown), stack: stacks.join('\ncaused by: ') }
}
