import {
  context as openTelemetryContext,
  SpanKind as OpenTelemetryKind,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api'
import { isTracingSuppressed } from '../tracing/is-tracing-suppressed.ts'
import { attributesOf } from '../recording/attributes-of.ts'
import { RecordedSpan } from '../recording/recorded-span.ts'
import { shownSpan } from '../recording/shown-span.ts'
import { timeOf } from '../recording/time-of.ts'
import { spanContextOf, traceOf } from '../tracing/span-context.ts'
import type { SpanKind, Tracing } from '../tracing/span.ts'
import type { Attributes } from '../vocabulary/attributes.ts'

const kinds: Readonly<Record<OpenTelemetryKind, SpanKind>> = {
  [OpenTelemetryKind.INTERNAL]: 'internal',
  [OpenTelemetryKind.SERVER]: 'server',
  [OpenTelemetryKind.CLIENT]: 'client',
  [OpenTelemetryKind.PRODUCER]: 'producer',
  [OpenTelemetryKind.CONSUMER]: 'consumer',
}

/** Which library the spans are of, as its tracer was asked for. */
export interface Scope {
  readonly name: string
  readonly version?: string | undefined
}

/** A tracer for code that uses OpenTelemetry directly. It asks for each span anew whose it is, and whether anybody records it. */
export function userTracer({ name: scope, version }: Scope, tracingNow: () => Tracing): Tracer {
  // a word for it among the attributes: all spans of a service share its queue
  const ofScope = { 'otel.scope.name': scope, ...(version === undefined ? {} : { 'otel.scope.version': version }) }

  function startSpan(name: string, options: SpanOptions = {}, context: Context = openTelemetryContext.active()): Span {
    const above = options.root === true ? undefined : trace.getSpanContext(context)
    const parent = above !== undefined && trace.isSpanContextValid(above) ? traceOf(above) : undefined
    if (isTracingSuppressed(context)) return trace.wrapSpanContext(above ?? { traceId: '', spanId: '', traceFlags: 0 })
    const { kind = OpenTelemetryKind.INTERNAL, attributes, startTime, links } = options
    const span = tracingNow().start(name, {
      kind: kinds[kind],
      parent,
      // names of its own, not of our vocabulary
      attributes: { ...ofScope, ...attributesOf(attributes) } as Attributes,
      startedAtMs: startTime === undefined ? undefined : timeOf(startTime),
      links: links?.map((link) => traceOf(link.context)),
    })
    if (!(span instanceof RecordedSpan)) return trace.wrapSpanContext(spanContextOf(span.trace, { isRemote: false }))
    return shownSpan(span, (at) => (at === undefined ? span.end() : span.endAt(timeOf(at))))
  }

  function startActiveSpan(name: string, ...rest: readonly unknown[]): unknown {
    const work = rest.at(-1) as (span: Span) => unknown
    const [options, parent = openTelemetryContext.active()] = rest.slice(0, -1) as [SpanOptions?, Context?]
    const span = startSpan(name, options, parent)
    return openTelemetryContext.with(trace.setSpan(parent, span), work, undefined, span)
  }

  return { startSpan, startActiveSpan }
}
