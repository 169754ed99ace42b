import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CanonicalTarget } from '../http/canonical-target.ts'

/** One request on its way through the gateway. */
export interface Incoming {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly target: CanonicalTarget
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal
  readonly noted: Noted
}

/** What the log line will say of a request: names out of contracts only, so that no id, token or query string gets into a log. */
export interface Noted {
  /** The route's template, or the operations' addresses; empty until one is known. */
  route: string
  code?: string
  /** When a stream began, on the monotonic clock: what is measured of it is the time until then. */
  streamsFrom?: number
}
