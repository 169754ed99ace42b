import { contextHeaders } from '@observability/telemetry'
import type { Envelope } from './envelope.ts'

/** Gives the headers a message travels with: the parts of its envelope that a reader may want without opening it. */
export function headersOf(envelope: Envelope): Record<string, string> {
  return {
    [contextHeaders.traceparent]: envelope.traceparent,
    ...(envelope.tracestate === undefined ? {} : { [contextHeaders.tracestate]: envelope.tracestate }),
    [contextHeaders.requestId]: envelope.requestid,
    'ce-type': envelope.type,
    'ce-id': envelope.id,
    'ce-source': envelope.source,
  }
}
