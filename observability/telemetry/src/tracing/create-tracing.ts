import { ROOT_CONTEXT, SpanKind as OpenTelemetryKind, trace as openTelemetry } from '@opentelemetry/api'
import { startedTelemetry, type TracedService } from '../started.ts'
import { childOf, newTrace, unsampled } from '../trace-context.ts'
import { IdsOnlySpan } from './ids-only-span.ts'
import { RecordedSpan } from './recorded-span.ts'
import { spanContextOf, traceOf } from './span-context.ts'
import type { SpanKind, SpanOptions, StartedSpan, Tracing } from './span.ts'

const kinds: Readonly<Record<SpanKind, OpenTelemetryKind>> = {
  server: OpenTelemetryKind.SERVER,
  client: OpenTelemetryKind.CLIENT,
  producer: OpenTelemetryKind.PRODUCER,
  consumer: OpenTelemetryKind.CONSUMER,
  internal: OpenTelemetryKind.INTERNAL,
}

/** Makes what starts a service's spans. Whether they are recorded is asked for each anew: telemetry may start later, or in a test. */
export function createTracing(service: TracedService): Tracing {
  const tracing: Tracing = {
    service: service.name,
    start(name, { kind, parent, attributes, startedAtMs, links }): StartedSpan {
      const started = startedTelemetry()
      // off here, perhaps not elsewhere: what others decided of a trace is passed on, one that begins here is recorded by nobody
      if (started === undefined) return new IdsOnlySpan(parent === undefined ? unsampled(newTrace()) : childOf(parent), tracing)
      const tracer = started.tracerFor(service)
      if (tracer === undefined) {
        service.dropped('not_listening', 1)
        return new IdsOnlySpan(unsampled(parent === undefined ? newTrace() : childOf(parent)), tracing)
      }
      const isRemote = kind === 'server' || kind === 'consumer'
      const context = parent === undefined ? ROOT_CONTEXT : openTelemetry.setSpanContext(ROOT_CONTEXT, spanContextOf(parent, { isRemote }))
      const span = tracer.startSpan(name, { kind: kinds[kind], ...describing({ attributes, startedAtMs, links }) }, context)
      const ids = traceOf(span.spanContext())
      return span.isRecording() ? new RecordedSpan(span, { trace: ids, tracing }) : new IdsOnlySpan(ids, tracing)
    },
  }
  return tracing
}

function describing({ attributes, startedAtMs, links }: Omit<SpanOptions, 'kind' | 'parent'>): object {
  return {
    ...(attributes === undefined ? {} : { attributes }),
    ...(startedAtMs === undefined ? {} : { startTime: startedAtMs }),
    ...(links === undefined ? {} : { links: links.map((link) => ({ context: spanContextOf(link, { isRemote: true }) })) }),
  }
}
