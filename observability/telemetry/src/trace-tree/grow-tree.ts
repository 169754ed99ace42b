import type { SpanRecord } from './span-record.ts'

/** A span with those it is the parent of, in the order they began. */
export interface TraceBranch {
  readonly span: SpanRecord
  readonly children: readonly TraceBranch[]
  /** Its parent is not among the spans: not ended yet, lost, or of somebody who is not seen here. */
  readonly isOrphan: boolean
}

interface GrowingBranch extends TraceBranch {
  readonly children: GrowingBranch[]
}

/**
 * Joins spans by their parents. Several traces, and orphans, give several trees, in the order they began. Spans that are each
 * other's parents hang on nothing and are left out. Depth is no matter.
 */
export function growTree(spans: readonly SpanRecord[]): TraceBranch[] {
  const byPlace = new Map(spans.map((span) => [placeOf(span.traceId, span.spanId), span]))
  const inOrder = [...byPlace.values()].sort((one, other) => one.startedAtMs - other.startedAtMs)
  const branches = new Map<string, GrowingBranch>()
  for (const span of inOrder) {
    const isOrphan = span.parentSpanId !== undefined && !byPlace.has(placeOf(span.traceId, span.parentSpanId))
    branches.set(placeOf(span.traceId, span.spanId), { span, children: [], isOrphan })
  }
  const roots: TraceBranch[] = []
  for (const branch of branches.values()) {
    const { traceId, parentSpanId } = branch.span
    const parent = parentSpanId === undefined ? undefined : branches.get(placeOf(traceId, parentSpanId))
    if (parent === undefined) roots.push(branch)
    else parent.children.push(branch)
  }
  return roots
}

/** Names a place in one word. */
export function placeOf(traceId: string, spanId: string): string {
  return `${traceId}/${spanId}`
}
