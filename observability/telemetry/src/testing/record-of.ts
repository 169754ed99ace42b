import type { EndedSpan } from '../recording/ended-span.ts'
import type { SpanRecord } from '../trace-tree/span-record.ts'

/** Keeps what a span was when it ended. */
export function recordOf(service: string, span: EndedSpan): SpanRecord {
  const { trace, parent, name, kind, startedAtMs, endedAtMs, links, hasFailed } = span
  const attributes = plain(span.attributes)
  return {
    traceId: trace.traceId,
    spanId: trace.spanId,
    ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
    service,
    name,
    kind,
    startedAtMs,
    durationMs: endedAtMs - startedAtMs,
    attributes,
    links: links.map(({ traceId, spanId }) => ({ traceId, spanId })),
    ...(hasFailed ? { error: String(attributes['error.type'] ?? 'unknown') } : {}),
  }
}

/** Ours are texts, numbers and booleans; what others record as lists is kept as JSON. */
function plain(attributes: EndedSpan['attributes']): SpanRecord['attributes'] {
  const said = Object.entries(attributes).flatMap(([name, value]): [string, string | number | boolean][] => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]]
    return value === undefined ? [] : [[name, JSON.stringify(value)]]
  })
  return Object.fromEntries(said)
}
