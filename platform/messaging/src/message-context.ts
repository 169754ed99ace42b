import { childOf, contextHeaders, newTrace, parseTraceparent, type CallContext } from '@observability/telemetry'
import type { Delivery } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { newId } from './new-id.ts'

/**
 * Gives the context a message is handled in: the sender's request, a step further in its trace, no deadline. A message
 * that cannot be read is known by its headers, as far as those go.
 */
export function contextOfMessage(envelope: Envelope | undefined, { headers }: Delivery): CallContext {
  const traceparent = envelope?.traceparent ?? headers[contextHeaders.traceparent]
  const sent = parseTraceparent(traceparent, envelope?.tracestate ?? headers[contextHeaders.tracestate])
  return {
    requestId: envelope?.requestid ?? headers[contextHeaders.requestId] ?? newId(),
    trace: sent === undefined ? newTrace() : childOf(sent),
  }
}
