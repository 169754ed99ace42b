import { httpStatusOf, jsonRpcCodeOf, type AshlarErrorData, type AshlarErrorShape, type Issue, type StatusCode } from '@ashlar/contract'

/** An error on its way to a caller, before it has the form of the wire. */
export interface WireError {
  readonly status: StatusCode
  readonly reason: string
  readonly message: string
  readonly details?: unknown
  readonly issues?: readonly Issue[]
  readonly retryAfterSeconds?: number
}

/** Gives an error the shape of the tRPC wire. `path` is the operation's name, where the request named one. */
export function errorShape(error: WireError, path: string | undefined): AshlarErrorShape {
  const data: Writable<AshlarErrorData> = { code: error.status, httpStatus: httpStatusOf(error.status), reason: error.reason }
  if (path !== undefined) data.path = path
  if (error.details !== undefined) data.details = error.details
  if (error.issues !== undefined) data.issues = error.issues
  if (error.retryAfterSeconds !== undefined) data.retryAfterSeconds = error.retryAfterSeconds
  return { message: error.message, code: jsonRpcCodeOf(error.status), data }
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] }

/** Writes the whole body of an error. */
export function errorJson(error: WireError, path: string | undefined): string {
  return `{"error":${JSON.stringify(errorShape(error, path))}}`
}

/** Writes the whole body of a good answer: exactly `{"result":{"data":…}}`. */
export function resultJson(value: unknown): string {
  // a value that is nothing leaves no member
  return JSON.stringify({ result: { data: value } })
}
