import type { SpanRecord } from '../trace-tree/span-record.ts'

/** The trace of small spans, and when it began, in milliseconds since 1970. */
export const smallTraceId = 'a'.repeat(32)
export const smallTraceBeganMs = Date.parse('2026-11-21T10:00:00Z')

/** A span of one trace, for tests: it begins as many milliseconds after the trace as its id says, unless told, and takes ten. */
export function smallSpan(
  spanId: string,
  parentSpanId: string | undefined,
  { fromMs = Number(spanId), ...rest }: Partial<SpanRecord> & { name: string; fromMs?: number },
): SpanRecord {
  return {
    traceId: smallTraceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    service: 'orders',
    kind: 'internal',
    startedAtMs: smallTraceBeganMs + fromMs,
    durationMs: 10,
    attributes: {},
    links: [],
    ...rest,
  }
}
