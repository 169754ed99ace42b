import { growTree, placeOf } from './grow-tree.ts'
import type { SpanRecord } from './span-record.ts'
import { treeRows, type TreeRow } from './tree-rows.ts'

export interface PrintOptions {
  /** Attributes to show, in this order, where a span has them. */
  readonly attributes?: readonly string[]
}

const usualAttributes = [
  'order.id',
  'saga.id',
  'saga.outcome',
  'rpc.response.status_code',
  'http.response.status_code',
  'messaging.nats.delivery_count',
  'message.outcome',
  'db.namespace',
]

const strokes = { fork: '├─ ', last: '└─ ', passing: '│  ', nothing: '   ' }

interface Row {
  readonly at: string
  readonly took: string
  readonly text: string
}

/**
 * Prints spans as trees, one line each: when it began after the first, how long it took, its service, kind and name, what it
 * says of itself, its failure, and the spans it is linked to. Times are in milliseconds. For people; the form may change.
 */
export function printTree(spans: readonly SpanRecord[], { attributes = usualAttributes }: PrintOptions = {}): string {
  const trees = growTree(spans)
  const names = new Map(spans.map((span) => [placeOf(span.traceId, span.spanId), span.name]))
  const beganAtMs = Math.min(...spans.map(({ startedAtMs }) => startedAtMs))

  function rowOf({ branch: { span, isOrphan }, indent }: TreeRow): Row {
    const texts = [
      `${span.service}  ${span.kind === 'internal' ? '' : `${span.kind} `}${span.name}`,
      ...attributes.flatMap((name) => (span.attributes[name] === undefined ? [] : [`${name}=${String(span.attributes[name])}`])),
      ...(span.error === undefined ? [] : [`✗ ${span.error}`]),
      ...span.links.map(({ traceId, spanId }) => `↗ ${names.get(placeOf(traceId, spanId)) ?? `${traceId} ${spanId}`}`),
      ...(isOrphan ? [`? its parent ${span.parentSpanId} is missing`] : []),
    ]
    return {
      at: `+${milliseconds(span.startedAtMs - beganAtMs)}`,
      took: milliseconds(span.durationMs),
      text: `${indent}${texts.join('  ')}`,
    }
  }

  const blocks = [...Map.groupBy(trees, ({ span }) => span.traceId)].map(([traceId, roots]) => ({
    traceId,
    rows: roots.flatMap((root) => treeRows(root, strokes).map(rowOf)),
  }))
  const rows = blocks.flatMap((block) => block.rows)
  const [atWidth, tookWidth] = [widest(rows.map(({ at }) => at)), widest(rows.map(({ took }) => took))]
  const line = ({ at, took, text }: Row): string => `  ${at.padStart(atWidth)}  ${took.padStart(tookWidth)}  ${text}`
  return blocks.map(({ traceId, rows }) => [`trace ${traceId}`, ...rows.map(line)].join('\n')).join('\n\n')
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length))
}
