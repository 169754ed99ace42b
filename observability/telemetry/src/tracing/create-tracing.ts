import { createTraceState, ROOT_CONTEXT, SpanKind as OpenTelemetryKind, trace as openTelemetry, type SpanContext } from '@opentelemetry/api'
import type { Metrics } from '../metrics/metrics.ts'
import { startedTelemetry, type ServiceIdentity } from '../started.ts'
import { childOf, newTrace, unsampled, type TraceContext } from '../trace-context.ts'
import { IdsOnlySpan } from './ids-only-span.ts'
import { RecordedSpan } from './recorded-span.ts'
import type { SpanKind, StartedSpan, Tracing } from './span.ts'

const kinds: Readonly<Record<SpanKind, OpenTelemetryKind>> = {
  server: OpenTelemetryKind.SERVER,
  client: OpenTelemetryKind.CLIENT,
  producer: OpenTelemetryKind.PRODUCER,
  consumer: OpenTelemetryKind.CONSUMER,
  internal: OpenTelemetryKind.INTERNAL,
}

/** Makes what starts a service's spans. Whether they are recorded is asked for each anew: telemetry may start later, or in a test. */
export function createTracing(service: ServiceIdentity, metrics: Metrics): Tracing {
  const tracing: Tracing = {
    service: service.name,
    start(name, { kind, parent, attributes, links }): StartedSpan {
      const started = startedTelemetry()
      // off here, perhaps not elsewhere: what others decided of a trace is passed on, one that begins here is recorded by nobody
      if (started === undefined) return new IdsOnlySpan(parent === undefined ? unsampled(newTrace()) : childOf(parent), tracing)
      const tracer = started.tracerFor(service)
      if (tracer === undefined) {
        metrics.count('telemetry_spans_dropped_total', { reason: 'not_listening' })
        return new IdsOnlySpan(unsampled(parent === undefined ? newTrace() : childOf(parent)), tracing)
      }
      const isRemote = kind === 'server' || kind === 'consumer'
      const context = parent === undefined ? ROOT_CONTEXT : openTelemetry.setSpanContext(ROOT_CONTEXT, spanContextOf(parent, { isRemote }))
      const span = tracer.startSpan(name, { kind: kinds[kind], ...describing({ attributes, links }) }, context)
      const { traceId, spanId, traceFlags } = span.spanContext()
      const flags = traceFlags.toString(16).padStart(2, '0')
      const ids: TraceContext = parent?.state === undefined ? { traceId, spanId, flags } : { traceId, spanId, flags, state: parent.state }
      return span.isRecording() ? new RecordedSpan(span, { trace: ids, tracing }) : new IdsOnlySpan(ids, tracing)
    },
  }
  return tracing
}

function describing({ attributes, links }: Pick<Parameters<Tracing['start']>[1], 'attributes' | 'links'>): object {
  return {
    ...(attributes === undefined ? {} : { attributes }),
    ...(links === undefined ? {} : { links: links.map((link) => ({ context: spanContextOf(link, { isRemote: true }) })) }),
  }
}

/** Says a step of a trace in OpenTelemetry's words. */
function spanContextOf({ traceId, spanId, flags, state }: TraceContext, { isRemote }: { isRemote: boolean }): SpanContext {
  const ids = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote }
  return state === undefined ? ids : { ...ids, traceState: createTraceState(state) }
}
