import type { Bus, PublishReceipt } from '@ashlar/messaging'
import {
  contextHeaders,
  errorTypeOf,
  formatTraceparent,
  parseTraceparent,
  runInContext,
  type Metrics,
  type StartedSpan,
  type Telemetry,
  type TraceContext,
  type Tracing,
} from '@observability/telemetry'
import type { OutboxRow } from './outbox-rows.ts'

/**
 * Hands one message to the broker, in a span of the trace in which it was written. It travels with that span as its
 * parent, so that who receives it goes on from there; the payload stays as it was written. Throws what `Bus.publish` throws.
 */
export async function publishRow(row: OutboxRow, { bus, telemetry }: { bus: Bus; telemetry: Telemetry }): Promise<PublishReceipt> {
  const { messageId, subject, payload, reopened } = row
  const span = startSpan(telemetry.tracing, row)
  const headers = { ...row.headers, [contextHeaders.traceparent]: formatTraceparent(span.trace) }
  try {
    const transportId = reopened === 0 ? messageId : `${messageId}.${reopened}`
    const receipt = await bus.publish({ transportId, subject, headers, payload })
    const lagSeconds = (performance.now() - row.dueAt) / 1000
    span.set({ 'messaging.nats.stream': receipt.stream, 'messaging.nats.sequence': receipt.sequence, 'outbox.lag': lagSeconds })
    span.end()
    measure(telemetry.metrics, { row, lagSeconds, trace: span.trace })
    return receipt
  } catch (error) {
    span.end({ error: errorTypeOf(error) })
    throw error
  }
}

/** Does something, a line of the log for instance, in the request and trace a message was written in. */
export function inContextOf({ headers, messageId }: OutboxRow, work: () => void): void {
  const trace = traceOf(headers)
  if (trace === undefined) work()
  else runInContext({ requestId: headers[contextHeaders.requestId] ?? messageId, trace }, work)
}

function startSpan(tracing: Tracing, { subject, messageId, headers }: OutboxRow): StartedSpan {
  return tracing.start(`publish ${subject}`, {
    kind: 'producer',
    parent: traceOf(headers),
    attributes: {
      'messaging.system': 'nats',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.destination.name': subject,
      'messaging.message.id': messageId,
    },
  })
}

function traceOf(headers: OutboxRow['headers']): TraceContext | undefined {
  return parseTraceparent(headers[contextHeaders.traceparent], headers[contextHeaders.tracestate])
}

function measure(metrics: Metrics, { row, lagSeconds, trace }: { row: OutboxRow; lagSeconds: number; trace: TraceContext }): void {
  metrics.count('messaging_client_sent_messages_total', { messaging_destination_name: row.subject })
  // what the broker had lost and gets again was due long ago, and was sent in time
  if (row.reopened === 0) metrics.observe('outbox_relay_lag_seconds', {}, lagSeconds, trace)
}
