/** Names the class of something thrown, for `error.type`: never its message, which may carry values. */
export function errorTypeOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
