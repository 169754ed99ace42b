import type { AnyAnswer, AnyContract } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import type { Telemetry } from '@observability/telemetry'

/** What an operation knows of the call it answers; request id, trace and deadline are in `currentContext()`. */
export interface IncomingCall {
  readonly principal: Principal
  readonly idempotencyKey: string | undefined
  /** Aborted when the deadline passes or the caller goes away. Read it from the call: it is made on first use. */
  readonly signal: AbortSignal
  /** Of a subscription: the id of the last item its caller has seen, who resumes after it. */
  readonly lastEventId?: string | undefined
}

/**
 * Answers one operation. It checks the raw input and its own answer against the contract; the listener does not do it again. The
 * answer to a subscription is its items, an `AsyncIterable<Tracked>`, which ends when the call's signal aborts.
 */
export type Invoke = (rawInput: unknown, call: IncomingCall) => Promise<AnyAnswer>

/** A contract with somebody who keeps it: one `Invoke` for each operation, by name. */
export interface Implementation {
  readonly contract: AnyContract
  readonly invoke: ReadonlyMap<string, Invoke>
  /** Of the service that keeps it. */
  readonly telemetry?: Telemetry
}
