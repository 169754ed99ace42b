import { SpanKind as OpenTelemetryKind, SpanStatusCode, type HrTime } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { SpanRecord } from '../trace-tree/span-record.ts'
import type { SpanKind } from '../tracing/span.ts'

const kinds: Readonly<Record<OpenTelemetryKind, SpanKind>> = {
  [OpenTelemetryKind.INTERNAL]: 'internal',
  [OpenTelemetryKind.SERVER]: 'server',
  [OpenTelemetryKind.CLIENT]: 'client',
  [OpenTelemetryKind.PRODUCER]: 'producer',
  [OpenTelemetryKind.CONSUMER]: 'consumer',
}

/** Says what OpenTelemetry recorded in our words. */
export function recordOf(span: ReadableSpan): SpanRecord {
  const { traceId, spanId } = span.spanContext()
  const hasFailed = span.status.code === SpanStatusCode.ERROR
  return {
    traceId,
    spanId,
    ...(span.parentSpanContext === undefined ? {} : { parentSpanId: span.parentSpanContext.spanId }),
    service: String(span.resource.attributes['service.name']),
    name: span.name,
    kind: kinds[span.kind],
    startedAtMs: milliseconds(span.startTime),
    durationMs: milliseconds(span.duration),
    attributes: plain(span.attributes),
    links: span.links.map(({ context }) => ({ traceId: context.traceId, spanId: context.spanId })),
    ...(hasFailed ? { error: errorOf(span) } : {}),
  }
}

function errorOf({ attributes, status }: ReadableSpan): string {
  const type = attributes['error.type']
  return typeof type === 'string' ? type : (status.message ?? 'unknown')
}

/** Ours are texts, numbers and booleans; what others record as lists is kept as JSON. */
function plain(attributes: ReadableSpan['attributes']): SpanRecord['attributes'] {
  const said = Object.entries(attributes).flatMap(([name, value]): [string, string | number | boolean][] => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]]
    return value === undefined || value === null ? [] : [[name, JSON.stringify(value)]]
  })
  return Object.fromEntries(said)
}

function milliseconds([seconds, nanoseconds]: HrTime): number {
  return seconds * 1000 + nanoseconds / 1e6
}
