/** A way was asked for that there is not. */
export class UnknownWayError extends Error {
  override readonly name = 'UnknownWayError'
}
