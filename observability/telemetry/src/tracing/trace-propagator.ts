import { isSpanContextValid, trace, type TextMapPropagator } from '@opentelemetry/api'
import { contextHeaders } from '../headers.ts'
import { formatTraceparent, parseTraceparent } from '../trace-context.ts'
import { isTracingSuppressed } from './is-tracing-suppressed.ts'
import { spanContextOf, traceOf } from './span-context.ts'

/**
 * Carries the trace in headers for code that uses OpenTelemetry directly, by the same rules as calls and messages of ours do
 * (https://www.w3.org/TR/trace-context/). OpenTelemetry's own would load a package that is larger than all of this one.
 */
export const tracePropagator: TextMapPropagator = {
  inject(context, carrier, setter) {
    const here = trace.getSpanContext(context)
    if (here === undefined || isTracingSuppressed(context) || !isSpanContextValid(here)) return
    const { state, ...ids } = traceOf(here)
    setter.set(carrier, contextHeaders.traceparent, formatTraceparent(ids))
    if (state !== undefined && state !== '') setter.set(carrier, contextHeaders.tracestate, state)
  },
  extract(context, carrier, getter) {
    const [traceparent] = [getter.get(carrier, contextHeaders.traceparent)].flat()
    const states = [getter.get(carrier, contextHeaders.tracestate)].flat().filter((state) => state !== undefined)
    const found = parseTraceparent(traceparent, states.length === 0 ? undefined : states.join(','))
    return found === undefined ? context : trace.setSpanContext(context, spanContextOf(found, { isRemote: true }))
  },
  fields: () => [contextHeaders.traceparent, contextHeaders.tracestate],
}
