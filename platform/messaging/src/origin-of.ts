import { contextHeaders, parseTraceparent, type TraceContext } from '@observability/telemetry'
import type { Delivery } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { newId } from './new-id.ts'

/** Where a message comes from: whose request it is part of, and the step of a trace that sent it. */
export interface Origin {
  readonly requestId: string
  readonly trace: TraceContext | undefined
}

/**
 * Tells where a message comes from. Its trace is that of the headers, which whoever put it on the wire has written; the
 * envelope keeps that of the deed it was written in, and is never changed. One that cannot be read is known by its headers.
 */
export function originOf(envelope: Envelope | undefined, { headers }: Delivery): Origin {
  const sent = parseTraceparent(headers[contextHeaders.traceparent], headers[contextHeaders.tracestate])
  const written = () => parseTraceparent(envelope?.traceparent, envelope?.tracestate)
  return { requestId: envelope?.requestid ?? headers[contextHeaders.requestId] ?? newId(), trace: sent ?? written() }
}
