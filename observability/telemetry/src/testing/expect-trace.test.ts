import { describe, expect, it } from 'vitest'
import { printTree } from '../trace-tree/print-tree.ts'
import type { SpanRecord } from '../trace-tree/span-record.ts'
import { smallSpan, smallTraceId as traceId } from './small-span.ts'
import { expectTrace, TraceMismatchError } from './expect-trace.ts'

const span: typeof smallSpan = (spanId, parentSpanId, rest) => smallSpan(spanId, parentSpanId, { durationMs: 12.34, ...rest })

const placed = span('1', undefined, { name: 'POST /v1/orders', service: 'gateway', kind: 'server', durationMs: 120.5 })
const published = span('2', '1', { name: 'publish orders.order-placed.v1', kind: 'producer' })
const charged = span('3', '1', { name: 'checkout/charge', attributes: { 'saga.id': 's-1' }, error: 'card_declined' })
const notified = span('4', '2', {
  name: 'process orders.order-placed.v1',
  kind: 'consumer',
  service: 'notifications',
  links: [{ traceId, spanId: '2' }],
})
const all = [notified, charged, placed, published]

it('prints a trace as a tree, with times, failures and links', () => {
  expect(printTree(all)).toBe(
    [
      `trace ${traceId}`,
      '  +0.0 ms   120 ms  gateway  server POST /v1/orders'.replace('120', '121'),
      '  +1.0 ms  12.3 ms  ├─ orders  producer publish orders.order-placed.v1',
      '  +3.0 ms  12.3 ms  │  └─ notifications  consumer process orders.order-placed.v1  ↗ publish orders.order-placed.v1',
      '  +2.0 ms  12.3 ms  └─ orders  checkout/charge  saga.id=s-1  ✗ card_declined',
    ].join('\n'),
  )
})

it('prints several traces apart, and says whose parent is missing', () => {
  const later = { ...span('9', '8', { name: 'redelivered', links: [{ traceId: 'c'.repeat(32), spanId: '7' }] }), traceId: 'b'.repeat(32) }
  expect(printTree([placed, later])).toBe(
    [
      `trace ${traceId}`,
      '  +0.0 ms   121 ms  gateway  server POST /v1/orders',
      '',
      `trace ${'b'.repeat(32)}`,
      `  +8.0 ms  12.3 ms  orders  redelivered  ↗ ${'c'.repeat(32)} 7  ? its parent 8 is missing`,
    ].join('\n'),
  )
})

describe('a trace as expected', () => {
  it('passes, by names or patterns, children in any order', () => {
    expectTrace(all)
      .hasNoOrphans()
      .isOf('notifications', 'gateway', 'orders')
      .contains({ name: /^publish / })
      .is({
        name: 'POST /v1/orders',
        children: [
          { name: /charge$/, attributes: { 'saga.id': /^s-/ }, error: 'card_declined', links: [] },
          { name: /^publish/, kind: 'producer', children: [{ name: /^process/, links: [/^publish/] }] },
        ],
      })
  })

  it('finds an assignment where two children fit one expectation', () => {
    const twice = [
      placed,
      span('2', '1', { name: 'transaction', attributes: { 'db.namespace': 'x' } }),
      span('3', '1', { name: 'transaction' }),
    ]
    expectTrace(twice).is({
      name: 'POST /v1/orders',
      children: [{ name: 'transaction' }, { name: 'transaction', attributes: { 'db.namespace': 'x' } }],
    })
  })
})

it.each<[string, () => unknown, string]>([
  ['another kind', () => expectTrace(all).contains({ name: 'checkout/charge', kind: 'client' }), 'checkout/charge is internal, not client'],
  [
    'another service',
    () => expectTrace(all).contains({ name: 'checkout/charge', service: 'payments' }),
    'checkout/charge is of orders, not payments',
  ],
  [
    'another value',
    () => expectTrace(all).contains({ name: 'checkout/charge', attributes: { 'saga.id': 's-2' } }),
    'checkout/charge has saga.id=s-1, not s-2',
  ],
  ['a failure', () => expectTrace(all).contains({ name: 'checkout/charge', error: null }), 'checkout/charge failed: card_declined'],
  ['no failure', () => expectTrace(all).contains({ name: 'POST /v1/orders', error: /./ }), 'POST /v1/orders did not fail'],
  [
    'a link to nothing',
    () => expectTrace(all).contains({ name: /^process/, links: [] }),
    'is linked to publish orders.order-placed.v1, not nothing',
  ],
  ['no such span', () => expectTrace(all).contains({ name: 'refund' }), 'no span is as expected: there is gateway POST /v1/orders,'],
  [
    'a span elsewhere',
    () => expectTrace(all).contains({ name: 'POST /v1/orders', children: [{ name: /^process/ }] }),
    'under gateway POST /v1/orders there is no /^process/',
  ],
  [
    'two that claim one',
    () => expectTrace(all).contains({ name: 'POST /v1/orders', children: [{ name: /charge/ }, { name: /charge/ }] }),
    'claim the same one',
  ],
  ['more than expected', () => expectTrace(all).is({ name: 'POST /v1/orders', children: [{ name: /charge/ }] }), 'has 2 children, not 1'],
  [
    'an orphan',
    () => expectTrace([placed, notified]).hasNoOrphans(),
    'spans whose parent is missing: notifications process orders.order-placed.v1',
  ],
  [
    'two roots',
    () => expectTrace([placed, { ...published, parentSpanId: undefined } as unknown as SpanRecord]).hasNoOrphans(),
    'has 2 roots',
  ],
  ['errors', () => expectTrace(all).hasNoErrors(), 'spans that failed: orders checkout/charge: card_declined'],
  [
    'a service too many',
    () => expectTrace(all).isOf('orders', 'gateway'),
    'spans of gateway, notifications, orders, not of gateway, orders',
  ],
  ['nothing at all', () => expectTrace([]).is({ name: 'POST /v1/orders' }), 'no spans were recorded'],
])('says what is wrong with %s, and prints what there is', (_what, expecting, why) => {
  expect(expecting).toThrow(TraceMismatchError)
  expect(expecting).toThrow(why)
})
