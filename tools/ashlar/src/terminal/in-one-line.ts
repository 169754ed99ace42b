/** Says in one line what went wrong and what was behind it: `the broker is unavailable: … (connect ECONNREFUSED 127.0.0.1:4722)`. */
export function inOneLine(error: unknown): string {
  const [what = 'it failed', ...behind] = messagesOf(error)
  const why = behind.findLast((message) => !what.includes(message))
  return `${what}${why === undefined ? '' : ` (${why})`}`.replaceAll(/\s+/g, ' ')
}

function messagesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return typeof error === 'string' ? [error] : []
  const own = error.message === '' ? codeOf(error) : error.message
  // Node tries each address of a host and gathers what every one of them said
  const [first] = error instanceof AggregateError ? error.errors : []
  return [own, ...messagesOf(error.cause ?? first)]
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
