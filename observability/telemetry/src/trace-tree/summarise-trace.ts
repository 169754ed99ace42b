import type { SpanRecord } from './span-record.ts'

/** A trace in one line. Times in milliseconds. */
export interface TraceSummary {
  readonly traceId: string
  /** Since 1970, UTC. */
  readonly startedAtMs: number
  /** From the beginning of its first span to the end of its last. */
  readonly durationMs: number
  /** Of the span it began with, or the first that is known. */
  readonly name: string
  readonly service: string
  readonly spans: number
  /** How many of them failed. */
  readonly errors: number
  readonly services: readonly string[]
}

/** Sums up the spans of one trace; `undefined` for none. */
export function summariseTrace(spans: readonly SpanRecord[]): TraceSummary | undefined {
  const [first, ...rest] = spans
  if (first === undefined) return undefined
  let [root, endedAtMs, startedAtMs] = [first, first.startedAtMs + first.durationMs, first.startedAtMs]
  for (const span of rest) {
    endedAtMs = Math.max(endedAtMs, span.startedAtMs + span.durationMs)
    startedAtMs = Math.min(startedAtMs, span.startedAtMs)
    if (isNearerTheRoot(span, root)) root = span
  }
  return {
    traceId: root.traceId,
    startedAtMs,
    durationMs: endedAtMs - startedAtMs,
    name: root.name,
    service: root.service,
    spans: spans.length,
    errors: spans.filter(({ error }) => error !== undefined).length,
    services: [...new Set(spans.map(({ service }) => service))],
  }
}

function isNearerTheRoot(one: SpanRecord, other: SpanRecord): boolean {
  const [hasParent, hasOther] = [one.parentSpanId !== undefined, other.parentSpanId !== undefined]
  return hasParent === hasOther ? one.startedAtMs < other.startedAtMs : !hasParent
}
