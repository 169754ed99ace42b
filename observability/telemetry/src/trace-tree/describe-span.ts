import type { TraceBranch } from './grow-tree.ts'
import type { SpanRecord } from './span-record.ts'

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray' | 'bold'

/** A piece of a line. */
export interface Segment {
  readonly text: string
  readonly colour?: Colour
}

/** Says what a span is: kind and name, whether it is a message or a saga's step, what became of it, and what it is linked to. */
export function describeSpan({ span, isOrphan }: TraceBranch, names: ReadonlyMap<string, string>): Segment[] {
  return [
    { text: span.kind === 'internal' ? ' ' : ` ${span.kind} `, colour: 'gray' },
    ...nameOf(span),
    ...(span.error === undefined ? [] : [{ text: ` ✗ ${span.error}`, colour: 'red' } as const]),
    ...outcomesOf(span).map((text): Segment => ({ text: ` ${text}`, colour: 'gray' })),
    ...linksOf(span, names).map((text): Segment => ({ text: ` ↗ ${text}`, colour: 'magenta' })),
    ...(isOrphan ? [{ text: ` ? parent ${span.parentSpanId} is not here`, colour: 'yellow' } as const] : []),
  ]
}

function nameOf({ kind, name, attributes }: SpanRecord): Segment[] {
  if (attributes['saga.step'] !== undefined)
    return attributes['saga.direction'] === 'undo' ? [{ text: `↩ ${name}`, colour: 'yellow' }] : [{ text: `◆ ${name}`, colour: 'bold' }]
  switch (kind) {
    case 'producer':
      return [{ text: `${name} →`, colour: 'blue' }]
    case 'consumer':
      return [{ text: `→ ${name}`, colour: 'blue' }]
    case 'server':
    case 'client':
    case 'internal':
      return [{ text: name }]
  }
}

/** What went as usual needs no words. */
function outcomesOf({ attributes, error }: SpanRecord): string[] {
  const said = (name: string, usual: readonly unknown[], prefix = ''): string[] => {
    const value = attributes[name]
    return value === undefined || usual.includes(value) ? [] : [`${prefix}${String(value)}`]
  }
  return [
    ...said('http.response.status_code', []),
    ...said('rpc.response.status_code', ['OK']),
    ...said('message.outcome', ['done']),
    ...said('messaging.nats.delivery_count', [1], 'delivery '),
    ...(error === undefined ? said('saga.outcome', ['done']) : []),
    ...said('saga.attempt', [1], 'attempt '),
  ]
}

/** Its parent is seen in the tree. */
function linksOf({ traceId, parentSpanId, links }: SpanRecord, names: ReadonlyMap<string, string>): string[] {
  return links
    .filter((link) => link.traceId !== traceId || link.spanId !== parentSpanId)
    .map((link) => (link.traceId === traceId ? (names.get(link.spanId) ?? `span ${link.spanId}`) : `trace ${link.traceId}`))
}
