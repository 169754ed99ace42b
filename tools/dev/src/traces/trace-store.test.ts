import { expect, it } from 'vitest'
import { randomId, spanWith } from '../testing/sent-spans.ts'
import { createTraceStore, type TraceLimits, type TraceStore } from './trace-store.ts'

const all = { limit: 100 }

function store(limits: Partial<TraceLimits> = {}): TraceStore {
  return createTraceStore({ maxTraces: 100, maxBytes: 1_000_000, ...limits })
}

function line(traceId: string, message = 'placed'): Parameters<TraceStore['addLines']>[0][number] {
  return { service: 'orders', atMs: 1_001, severity: 9, level: 'info', message, attributes: {}, traceId }
}

it('lists the latest first, each summed up by the span it began with', () => {
  const kept = store()
  const [root, other] = [spanWith({ service: 'gateway', name: 'POST /v1/orders', durationMs: 30 }), spanWith()]
  const child = spanWith({ traceId: root.traceId, parentSpanId: root.spanId, startedAtMs: 990, durationMs: 60, error: 'conflict' })
  kept.add([child, root, other])
  expect(kept.list(all).map(({ traceId }) => traceId)).toEqual([other.traceId, root.traceId])
  expect(kept.list(all)[1]).toEqual({
    traceId: root.traceId,
    startedAtMs: 990,
    durationMs: 60,
    name: 'POST /v1/orders',
    service: 'gateway',
    spans: 2,
    errors: 1,
    services: ['orders', 'gateway'],
  })
})

it('lists only what is asked for', () => {
  const kept = store()
  const [slow, failed] = [spanWith({ durationMs: 200 }), spanWith({ service: 'users', error: 'conflict' })]
  kept.add([slow, failed])
  const ids = (query: object): string[] => kept.list({ ...all, ...query }).map(({ traceId }) => traceId)
  expect(ids({ service: 'users' })).toEqual([failed.traceId])
  expect(ids({ error: true })).toEqual([failed.traceId])
  expect(ids({ error: false })).toEqual([slow.traceId])
  expect(ids({ minDurationMs: 200 })).toEqual([slow.traceId])
  expect(ids({ limit: 1 })).toEqual([failed.traceId])
})

it('lets the oldest trace make room for the latest, and only counts what comes for it later', () => {
  const kept = store({ maxTraces: 2 })
  const [oldest, middle, latest] = [spanWith(), spanWith(), spanWith()]
  kept.add([oldest, middle, latest])
  expect(kept.find(oldest.traceId)).toEqual({ kind: 'evicted' })
  kept.add([spanWith({ traceId: oldest.traceId }), spanWith({ traceId: oldest.traceId })])
  kept.addLines([line(oldest.traceId)])
  expect(kept.list(all).map(({ traceId }) => traceId)).toEqual([latest.traceId, middle.traceId])
  expect(kept.counts()).toMatchObject({ traces: 2, evictedTraces: 1, lateSpans: 2 })
})

it('takes no more memory than it may, whatever it is sent, and has it all back when traces go', () => {
  const kept = store({ maxBytes: 100_000 })
  const big = { attributes: { 'order.id': 'x'.repeat(5_000) } }
  for (let sent = 0; sent < 100; sent += 1) {
    const span = spanWith(sent % 2 === 0 ? big : {})
    kept.add([span])
    kept.addLines([line(span.traceId, 'y'.repeat(2_000))])
    expect(kept.counts().bytes).toBeLessThanOrEqual(100_000)
  }
  expect(kept.counts().bytes).toBeGreaterThan(50_000)
  expect(kept.counts().evictedTraces).toBe(100 - kept.counts().traces)
})

it('lets no single trace push out all others', () => {
  const kept = store({ maxBytes: 100_000 })
  const [other, traceId] = [spanWith(), randomId(16)]
  kept.add([other])
  for (let sent = 0; sent < 1_000; sent += 1) kept.add([spanWith({ traceId })])
  expect(kept.find(other.traceId).kind).toBe('found')
  const { spans = 0 } = kept.list(all).find((summary) => summary.traceId === traceId) ?? {}
  expect(spans).toBeGreaterThan(10)
  expect(kept.counts().refused).toBe(1_000 - spans)
})

it('forgets in time even which traces it has forgotten', () => {
  const kept = store({ maxTraces: 1 })
  const first = spanWith()
  kept.add([first])
  for (let sent = 0; sent < 10_001; sent += 1) kept.add([spanWith()])
  expect(kept.find(first.traceId)).toEqual({ kind: 'unknown' })
})

it('takes a span that is sent twice once, and none without a usable trace id', () => {
  const kept = store()
  const span = spanWith()
  kept.add([span])
  const { bytes } = kept.counts()
  kept.add([span, spanWith({ traceId: '' }), spanWith({ traceId: '0'.repeat(32) }), spanWith({ traceId: 'not an id' })])
  expect(kept.counts()).toMatchObject({ traces: 1, refused: 3, bytes })
  expect(kept.list(all)[0]?.spans).toBe(1)
})

it('finds a trace by the beginning of its id, with its lines in order and who links to it', () => {
  const kept = store()
  const traceId = `abcd${randomId(16).slice(4)}`
  const span = spanWith({ traceId })
  const later = spanWith({ traceId: `abce${randomId(16).slice(4)}`, links: [{ traceId, spanId: span.spanId }] })
  kept.addLines([{ ...line(traceId, 'second'), atMs: 2_000 }, line(traceId, 'first')])
  kept.add([span, later])
  expect(kept.find('abcd')).toMatchObject({
    kind: 'found',
    trace: { traceId, spans: [span], lines: [{ message: 'first' }, { message: 'second' }], linkedFrom: [later] },
  })
  expect(kept.find('abc')).toEqual({ kind: 'ambiguous', traceIds: [traceId, later.traceId] })
  expect(kept.find('ff00')).toEqual({ kind: 'unknown' })
})

it('shows no trace of which it has lines only', () => {
  const kept = store()
  const traceId = randomId(16)
  kept.addLines([line(traceId)])
  expect(kept.list(all)).toEqual([])
  expect(kept.find(traceId)).toEqual({ kind: 'unknown' })
})
