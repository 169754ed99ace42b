import { createTraceState, type SpanContext } from '@opentelemetry/api'
import type { TraceContext } from '../trace-context.ts'

/** Says a step of a trace in OpenTelemetry's words. */
export function spanContextOf({ traceId, spanId, flags, state }: TraceContext, { isRemote }: { isRemote: boolean }): SpanContext {
  const ids = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote }
  return state === undefined ? ids : { ...ids, traceState: createTraceState(state) }
}

/** Says it in ours. */
export function traceOf({ traceId, spanId, traceFlags, traceState }: SpanContext): TraceContext {
  const flags = traceFlags.toString(16).padStart(2, '0')
  const state = traceState?.serialize()
  return state === undefined ? { traceId, spanId, flags } : { traceId, spanId, flags, state }
}
