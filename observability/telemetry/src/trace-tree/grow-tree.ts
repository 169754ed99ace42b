import type { SpanRecord } from './span-record.ts'

/** A span with those it is the parent of, in the order they began. */
export interface TraceBranch {
  readonly span: SpanRecord
  readonly children: readonly TraceBranch[]
  /** Its parent is not among the spans: not ended yet, lost, or of somebody who is not seen here. */
  readonly isOrphan: boolean
}

/** Joins spans by their parents. Several traces, and orphans, give several trees, in the order they began. */
export function growTree(spans: readonly SpanRecord[]): TraceBranch[] {
  const byPlace = new Map(spans.map((span) => [placeOf(span.traceId, span.spanId), span]))
  const inOrder = [...byPlace.values()].sort((one, other) => one.startedAtMs - other.startedAtMs)
  const childrenOf = Map.groupBy(inOrder, ({ traceId, parentSpanId = '' }) => placeOf(traceId, parentSpanId))

  function branch(span: SpanRecord): TraceBranch {
    const children = (childrenOf.get(placeOf(span.traceId, span.spanId)) ?? []).map(branch)
    return { span, children, isOrphan: span.parentSpanId !== undefined && !byPlace.has(placeOf(span.traceId, span.parentSpanId)) }
  }
  return inOrder
    .map((span) => ({ span, parent: span.parentSpanId }))
    .filter(({ span, parent }) => parent === undefined || !byPlace.has(placeOf(span.traceId, parent)))
    .map(({ span }) => branch(span))
}

/** Names a place in one word. */
export function placeOf(traceId: string, spanId: string): string {
  return `${traceId}/${spanId}`
}
