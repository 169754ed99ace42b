import type { LogRecord } from '@observability/telemetry/otlp'
import { summariseTrace, type KeptTrace, type SpanRecord, type TraceSummary } from '@observability/telemetry/trace-tree'
import { sizeOfLine, sizeOfSpan } from './record-sizes.ts'

/** How much is kept. */
export interface TraceLimits {
  readonly maxTraces: number
  /** Of all of them together, about. One trace may take a quarter of it. */
  readonly maxBytes: number
}

/** Which traces are asked for. */
export interface TraceQuery {
  readonly service?: string | undefined
  readonly minDurationMs?: number | undefined
  readonly error?: boolean | undefined
  readonly limit: number
}

export type Found =
  | { readonly kind: 'found'; readonly trace: KeptTrace }
  | { readonly kind: 'ambiguous'; readonly traceIds: readonly string[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'evicted' }

/** What is kept, and what was not. */
export interface TraceCounts {
  readonly traces: number
  readonly bytes: number
  readonly evictedTraces: number
  /** Spans that came after their trace had made room for others. */
  readonly lateSpans: number
  /** Spans and lines of traces that had become too large, or without a usable id. */
  readonly refused: number
}

/** Keeps the latest traces in memory. */
export interface TraceStore {
  add(spans: readonly SpanRecord[]): void
  /** Keeps the lines that belong to a trace; the others are in the terminal. */
  addLines(lines: readonly LogRecord[]): void
  /** Lists traces, the latest first. */
  list(query: TraceQuery): TraceSummary[]
  /** Finds one by its id or the beginning of it. */
  find(beginning: string): Found
  counts(): TraceCounts
}

interface Kept {
  readonly spans: Map<string, SpanRecord>
  readonly lines: LogRecord[]
  bytes: number
}

const shownIds = 5
const rememberedIds = 10_000
const traceIdForm = /^(?!0+$)[0-9a-f]{32}$/

/** Opens an empty store. When it is full the trace that began to arrive first makes room, whole; what comes for it later is only counted. */
export function createTraceStore({ maxTraces, maxBytes }: TraceLimits): TraceStore {
  const traces = new Map<string, Kept>()
  const evicted = new Set<string>()
  const counted = { bytes: 0, evictedTraces: 0, lateSpans: 0, refused: 0 }

  function evictOldest(): void {
    const [traceId] = traces.keys()
    if (traceId === undefined) return
    counted.bytes -= traces.get(traceId)?.bytes ?? 0
    counted.evictedTraces += 1
    traces.delete(traceId)
    evicted.add(traceId)
    const [longestGone] = evicted
    if (evicted.size > rememberedIds && longestGone !== undefined) evicted.delete(longestGone)
  }

  /** Makes room, and gives the trace that something of this size may be put into. */
  function roomIn(traceId: string, bytes: number): Kept | undefined {
    const kept = traces.get(traceId) ?? { spans: new Map<string, SpanRecord>(), lines: [], bytes: 0 }
    if (!traceIdForm.test(traceId) || kept.bytes + bytes > maxBytes / 4) {
      counted.refused += 1
      return undefined
    }
    traces.set(traceId, kept)
    kept.bytes += bytes
    counted.bytes += bytes
    while (traces.size > 0 && (traces.size > maxTraces || counted.bytes > maxBytes)) evictOldest()
    return kept
  }

  function linkedFrom(traceId: string): SpanRecord[] {
    return [...traces]
      .filter(([other]) => other !== traceId)
      .flatMap(([, { spans }]) => [...spans.values()].filter(({ links }) => links.some((link) => link.traceId === traceId)))
  }

  return {
    add(spans) {
      for (const span of spans) {
        if (evicted.has(span.traceId)) counted.lateSpans += 1
        // a sender that had no answer in time sends again
        else if (traces.get(span.traceId)?.spans.has(span.spanId) !== true)
          roomIn(span.traceId, sizeOfSpan(span))?.spans.set(span.spanId, span)
      }
    },
    addLines(lines) {
      for (const line of lines)
        if (line.traceId !== undefined && !evicted.has(line.traceId)) roomIn(line.traceId, sizeOfLine(line))?.lines.push(line)
    },
    list(query) {
      const listed: TraceSummary[] = []
      for (const { spans } of [...traces.values()].toReversed()) {
        const summary = summariseTrace([...spans.values()])
        if (summary !== undefined && isAskedFor(summary, query)) listed.push(summary)
        if (listed.length >= query.limit) break
      }
      return listed
    },
    find(beginning) {
      const meant = [...traces].filter(([traceId, { spans }]) => traceId.startsWith(beginning) && spans.size > 0)
      const [one, ...others] = meant
      if (others.length > 0) return { kind: 'ambiguous', traceIds: meant.slice(0, shownIds).map(([traceId]) => traceId) }
      if (one === undefined) return { kind: evicted.has(beginning) ? 'evicted' : 'unknown' }
      const [traceId, { spans, lines }] = one
      const trace = {
        traceId,
        spans: [...spans.values()],
        lines: lines.toSorted((line, other) => line.atMs - other.atMs),
        linkedFrom: linkedFrom(traceId),
      }
      return { kind: 'found', trace }
    },
    counts: () => ({ traces: traces.size, ...counted }),
  }
}

function isAskedFor(summary: TraceSummary, { service, minDurationMs = 0, error }: TraceQuery): boolean {
  if (service !== undefined && !summary.services.includes(service)) return false
  if (error !== undefined && summary.errors > 0 !== error) return false
  return summary.durationMs >= minDurationMs
}
