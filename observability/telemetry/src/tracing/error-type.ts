/**
 * Names the class of something thrown, for `error.type`: never its message, which may carry values. What PostgreSQL or the
 * system refuses has one name for all and a code for each; then it is the code.
 */
export function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error ? error.code : undefined
  const isNameless = error.name === 'Error' || error.name === 'error'
  return isNameless && typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : error.name
}
