import type { PlatformReason } from './platform-reasons.ts'
import type { StatusCode } from './status-code.ts'

/** One thing wrong with an input: where (as a list of keys and indexes) and what. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * A request was turned away before its handler did anything: nothing happened, so it is safe to repeat.
 * `reason` is one of the platform's own.
 */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError'
  readonly status: StatusCode
  readonly reason: PlatformReason
  readonly issues: readonly Issue[] | undefined
  /** Whole seconds after which it is worth trying again, where that is known. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    { status, reason }: { status: StatusCode; reason: PlatformReason },
    message: string,
    options: { issues?: readonly Issue[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.status = status
    this.reason = reason
    this.issues = options.issues
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
