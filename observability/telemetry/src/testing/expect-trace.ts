import { growTree } from '../trace-tree/grow-tree.ts'
import { printTree } from '../trace-tree/print-tree.ts'
import type { SpanRecord } from '../trace-tree/span-record.ts'
import { allBranches, mismatch, nearest, type ExpectedSpan, type MatchOptions } from './match-tree.ts'

/** Thrown when spans are not as expected; the message says where, and prints the trace. */
export class TraceMismatchError extends Error {
  override readonly name = 'TraceMismatchError'

  constructor(why: string, spans: readonly SpanRecord[]) {
    super(`${why}\n\n${spans.length === 0 ? 'no spans were recorded' : printTree(spans)}`)
  }
}

/** What can be expected of spans. Each gives the same back, or throws `TraceMismatchError`. */
export interface TraceExpectations {
  /** One span, anywhere, with the children expected of it; it may have others. */
  contains(expected: ExpectedSpan): TraceExpectations
  /** The whole of it: one root, and below it these spans and no others. */
  is(expected: ExpectedSpan): TraceExpectations
  /** Every span's parent is there, and there is one root for each trace. */
  hasNoOrphans(): TraceExpectations
  hasNoErrors(): TraceExpectations
  /** These services took part, in any order, and no others. */
  isOf(...services: readonly string[]): TraceExpectations
}

/** Looks at the spans of a trace, or of several that are linked. */
export function expectTrace(spans: readonly SpanRecord[]): TraceExpectations {
  function demand(why: string | undefined): TraceExpectations {
    if (why !== undefined) throw new TraceMismatchError(why, spans)
    return expectations
  }

  const expectations: TraceExpectations = {
    contains(expected) {
      const scene: MatchOptions & { spans: readonly SpanRecord[] } = { spans, others: 'allowed' }
      const branches = allBranches(spans)
      const isThere = branches.some((branch) => mismatch(branch, expected, scene) === undefined)
      return demand(isThere ? undefined : `no span is as expected: ${nearest(branches, expected, scene)}`)
    },
    is(expected) {
      const [root, ...others] = growTree(spans)
      if (root === undefined || others.length > 0) return demand(`expected one root, not ${root === undefined ? 0 : others.length + 1}`)
      return demand(mismatch(root, expected, { spans, others: 'refused' }))
    },
    hasNoOrphans() {
      const trees = growTree(spans)
      const orphans = trees.filter(({ isOrphan }) => isOrphan).map(({ span }) => `${span.service} ${span.name}`)
      if (orphans.length > 0) return demand(`spans whose parent is missing: ${orphans.join(', ')}`)
      const torn = [...Map.groupBy(trees, ({ span }) => span.traceId)].find(([, roots]) => roots.length > 1)
      return demand(torn === undefined ? undefined : `trace ${torn[0]} has ${torn[1].length} roots`)
    },
    hasNoErrors() {
      const failed = spans.flatMap(({ service, name, error }) => (error === undefined ? [] : [`${service} ${name}: ${error}`]))
      return demand(failed.length === 0 ? undefined : `spans that failed: ${failed.join(', ')}`)
    },
    isOf(...services) {
      const seen = [...new Set(spans.map(({ service }) => service))].sort()
      const wanted = [...services].sort()
      return demand(seen.join() === wanted.join() ? undefined : `spans of ${seen.join(', ')}, not of ${wanted.join(', ')}`)
    },
  }
  return expectations
}
