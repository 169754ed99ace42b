import {
  context as openTelemetryContext,
  INVALID_SPAN_CONTEXT,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api'

/** A tracer for code that uses OpenTelemetry directly. It asks for each span anew who records it: perhaps nobody. */
export function userTracer(recorder: () => Tracer | undefined): Tracer {
  const startSpan: Tracer['startSpan'] = (name, options, context = openTelemetryContext.active()) =>
    recorder()?.startSpan(name, options, context) ?? trace.wrapSpanContext(trace.getSpanContext(context) ?? INVALID_SPAN_CONTEXT)

  function startActiveSpan(name: string, ...rest: readonly unknown[]): unknown {
    const work = rest.at(-1) as (span: Span) => unknown
    const [options, parent = openTelemetryContext.active()] = rest.slice(0, -1) as [SpanOptions?, Context?]
    const span = startSpan(name, options, parent)
    return openTelemetryContext.with(trace.setSpan(parent, span), work, undefined, span)
  }

  return { startSpan, startActiveSpan }
}
