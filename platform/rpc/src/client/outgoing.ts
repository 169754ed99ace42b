import type { IncomingHttpHeaders } from 'node:http'
import type { Instance } from '@ashlar/discovery'
import type { Telemetry } from '@observability/telemetry'

/** One HTTP request to whichever instance of a service is well and keeps the contract. */
export interface Outgoing {
  readonly service: string
  /** Only instances that keep this contract version are asked: `orders.v1`. */
  readonly contractId: string
  /** Path and query, as it goes onto the wire. */
  readonly path: string
  readonly method: 'GET' | 'POST'
  /** Without `x-deadline-ms`, which says what is left of `timeoutMs` when the request goes out, and without the trace's. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  /** Whether it may be carried out twice: then a lost connection is answered by asking once more. */
  readonly repeatable: boolean
  /** What is asked for, and the telemetry of whoever asks: the call, all its attempts together, is one span and one measurement. */
  readonly shown?: { readonly operation: string; readonly telemetry: Telemetry } | undefined
}

/** Whatever the instance answered, errors included. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly instance: Instance
}
