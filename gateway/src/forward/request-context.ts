import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { contextHeaders, parseTraceparent, type CallContext } from '@observability/telemetry'
import type { StartedSpan, TraceContext } from '@observability/telemetry'

const requestIdForm = /^[A-Za-z0-9._-]{8,128}$/

/** Takes a request's id and trace from its headers where they are well formed, else begins its own; the request's span is started in that trace. */
export function contextOf(
  { headers }: IncomingMessage,
  start: (caller: TraceContext | undefined) => StartedSpan,
): CallContext & { span: StartedSpan } {
  const requestId = textOf(headers[contextHeaders.requestId])
  const span = start(parseTraceparent(textOf(headers[contextHeaders.traceparent]), textOf(headers[contextHeaders.tracestate])))
  return {
    requestId: requestId !== undefined && requestIdForm.test(requestId) ? requestId : randomUUID(),
    trace: span.trace,
    span,
  }
}

export function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
