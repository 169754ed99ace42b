import { expect, it } from 'vitest'
import { OtlpUnreadableError, readLogs, readTraces } from './read-otlp.ts'

const json = (message: unknown): { contentType: string; bytes: Buffer } => ({
  contentType: 'application/json; charset=utf-8',
  bytes: Buffer.from(JSON.stringify(message)),
})

it('reads spans in JSON, kinds and codes by number or by name, ids in either case', () => {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'orders' } }] }
  const common = { traceId: 'AB'.repeat(16), startTimeUnixNano: '1795271475454123456', endTimeUnixNano: '1795271475456123456' }
  const spans = [
    {
      ...common,
      spanId: 'CD'.repeat(8),
      name: 'POST /v1/orders',
      kind: 2,
      attributes: [{ key: 'order.amount', value: { intValue: '7' } }],
    },
    {
      ...common,
      spanId: 'EF'.repeat(8),
      parentSpanId: 'CD'.repeat(8),
      name: 'charge',
      kind: 'SPAN_KIND_CLIENT',
      status: { code: 'STATUS_CODE_ERROR' },
    },
  ]
  const read = readTraces(json({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }))
  expect(read).toMatchObject([
    {
      service: 'orders',
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
      kind: 'server',
      attributes: { 'order.amount': 7 },
      durationMs: 2,
    },
    { parentSpanId: 'cd'.repeat(8), kind: 'client', error: 'unknown' },
  ])
  expect(read[0]?.startedAtMs).toBeCloseTo(1795271475454.123, 2)
  expect(read[0]).not.toHaveProperty('parentSpanId')
})

it('takes lists and maps for JSON', () => {
  const values = [{ stringValue: 'a' }, { kvlistValue: { values: [{ key: 'b', value: { boolValue: true } }] } }]
  const record = { body: { arrayValue: { values } }, attributes: [{ key: 'empty' }] }
  expect(readLogs(json({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }))).toMatchObject([
    { service: 'unknown_service', message: '["a",{"b":true}]', attributes: { empty: '' }, atMs: 0 },
  ])
})

it('reads nothing from nothing', () => {
  expect(readTraces({ contentType: 'application/x-protobuf', bytes: Buffer.alloc(0) })).toEqual([])
  expect(readLogs(json({}))).toEqual([])
})

it.each([
  ['cut off', Buffer.from('0a0512', 'hex')],
  ['cut off within a text', Buffer.from('0a08120612042a056162', 'hex')],
  ['of an unknown wire type', Buffer.from('0b00', 'hex')],
  ['with a number that does not end', Buffer.from('ff'.repeat(12), 'hex')],
  ['with a number where a message belongs', Buffer.from('0801', 'hex')],
  ['text', Buffer.from('hello, is anybody there?')],
])('refuses bytes that are %s', (_what, bytes) => {
  expect(() => readTraces({ contentType: 'application/x-protobuf', bytes })).toThrow(OtlpUnreadableError)
})

it.each([
  '',
  '[]x',
  '{"resourceSpans":[{"scopeSpans":5}]}',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"soon"}]}]}]}',
  'null',
])('refuses JSON like %j', (text) => {
  expect(() => readTraces({ contentType: 'application/json', bytes: Buffer.from(text) })).toThrow(OtlpUnreadableError)
})

it('refuses nesting without end, and goes on living', () => {
  const innermost = Buffer.from('0a0161', 'hex')
  const heads: Buffer[] = []
  let size = innermost.length
  for (let depth = 0; depth < 40_000; depth += 1) {
    // an `AnyValue` that is a list, and the list's one value
    const head = Buffer.concat([Buffer.from([depth % 2 === 0 ? 0x0a : 0x2a]), length(size)])
    heads.push(head)
    size += head.length
  }
  const value = Buffer.concat([...heads.toReversed(), innermost])
  const wrap = (field: number, inner: Buffer): Buffer => Buffer.concat([Buffer.from([field]), length(inner.length), inner])
  const bytes = wrap(0x0a, wrap(0x12, wrap(0x12, wrap(0x2a, value))))
  expect(() => readLogs({ contentType: 'application/x-protobuf', bytes })).toThrow(OtlpUnreadableError)
})

function length(size: number): Buffer {
  const bytes = []
  for (let rest = size; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest])
    bytes.push((rest & 0x7f) | 0x80)
  }
}
