interface Thrown {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: Thrown
}

const deepestCause = 5

/**
 * Describes something thrown for the log, with its causes. Only kind, message, code and stack are kept: drivers hang rows,
 * parameters and whole responses onto their errors, and those may hold what no log should.
 */
export function describeThrown(thrown: unknown, depth = 0): Thrown {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: 'something that is no Error was thrown' }
  const described: { -readonly [Key in keyof Thrown]: Thrown[Key] } = { type: thrown.name, message: thrown.message }
  if ('code' in thrown && typeof thrown.code === 'string') described.code = thrown.code
  if (thrown.stack !== undefined) described.stack = thrown.stack
  if (thrown.cause !== undefined && depth < deepestCause) described.cause = describeThrown(thrown.cause, depth + 1)
  return described
}
