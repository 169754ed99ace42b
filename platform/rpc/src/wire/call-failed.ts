import type { Issue, StatusCode } from '@ashlar/contract'

/**
 * Whether a failed call may have had an effect. `not-sent`: it certainly had none, repeating it is safe. `unknown`: it may
 * have been carried out; repeat it only where the operation is a query or the idempotency key stays the same.
 */
export type CallOutcome = 'not-sent' | 'unknown'

interface CallFailure {
  readonly outcome: CallOutcome
  /** `no_healthy_instance`, `connection_refused`, `connection_lost`, `deadline_exceeded`, `aborted`, `bad_response`, or the reason the callee gave. */
  readonly reason: string
  /** Set where the callee answered. */
  readonly status?: StatusCode
  readonly issues?: readonly Issue[]
  readonly cause?: unknown
}

/** A call that brought no answer of its operation: an outage, a deadline, or a refusal by the callee's platform. */
export class CallFailedError extends Error {
  override readonly name = 'CallFailedError'
  readonly outcome: CallOutcome
  readonly reason: string
  readonly status: StatusCode | undefined
  readonly issues: readonly Issue[] | undefined

  constructor(called: string, failure: CallFailure) {
    super(`the call of ${called} failed: ${failure.reason} (${failure.outcome})`, { cause: failure.cause })
    this.outcome = failure.outcome
    this.reason = failure.reason
    this.status = failure.status
    this.issues = failure.issues
  }
}

/**
 * Another service was called while a database transaction was open: its locks would be held for as long as the other
 * service takes. Call in the `effect` of a staged handler instead, or send a command.
 */
export class CallInsideTransactionError extends Error {
  override readonly name = 'CallInsideTransactionError'
  constructor(called: string) {
    super(`${called} was called inside an open transaction; call it in the effect of a staged handler, or send it as a command`)
  }
}
