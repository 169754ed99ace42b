import { expect, it } from 'vitest'
import { smallSpan as span, smallTraceBeganMs as started, smallTraceId as traceId } from '../testing/small-span.ts'
import { drawTrace } from './draw-trace.ts'
import { summariseTrace } from './summarise-trace.ts'

const elsewhere = 'b'.repeat(32)

const placed = span('1', undefined, {
  name: 'POST /v1/orders',
  service: 'gateway',
  kind: 'server',
  fromMs: 0,
  durationMs: 100,
  attributes: { 'http.response.status_code': 202 },
})
const published = span('2', '1', { name: 'publish orders.order-placed.v1', kind: 'producer', fromMs: 50, durationMs: 25 })
const processed = span('3', '2', {
  name: 'process orders.order-placed.v1',
  kind: 'consumer',
  service: 'notifications',
  fromMs: 60,
  links: [
    { traceId, spanId: '2' },
    { traceId: elsewhere, spanId: '9' },
  ],
})
const saga = { 'saga.step': 'charge', 'saga.direction': 'do', 'saga.outcome': 'refused', 'saga.attempt': 2 }
const charged = span('4', '1', { name: 'checkout/charge', fromMs: 62, attributes: saga, error: 'card_declined' })
const undone = span('5', '1', { name: 'checkout/reserve stock undo', fromMs: 70, attributes: { ...saga, 'saga.direction': 'undo' } })
const lost = span('6', '77', { name: 'late', fromMs: 80 })
const spans = [undone, lost, charged, processed, published, placed]
const bare = { traceId, spans, lines: [], linkedFrom: [] }

it('draws times, bars, services, kinds, messages, saga steps, failures and links', () => {
  expect(drawTrace(bare)).toEqual([
    'POST /v1/orders · 100.0 ms · 6 spans · 3 services · 1 failed',
    `trace ${traceId} · 2026-11-21 10:00:00.000 UTC`,
    '',
    ' at ms   took',
    '   0.0  100.0 ████████████████████████ gateway server POST /v1/orders 202',
    '  50.0   25.0             ██████       ├─ orders producer publish orders.order-placed.v1 →',
    `  60.0   10.0               ██▊        │  └─ notifications consumer → process orders.order-placed.v1 ↗ trace ${elsewhere}`,
    '  62.0   10.0               ███▎       ├─ orders ◆ checkout/charge ✗ card_declined attempt 2',
    '  70.0   10.0                 ███▎     └─ orders ↩ checkout/reserve stock undo refused attempt 2',
    '  80.0   10.0                    ██▋   orders late ? parent 77 is not here',
  ])
})

it('keeps to the columns there are, and leaves more of them to the tree', () => {
  const lines = drawTrace({ ...bare, linkedFrom: [span('8', undefined, { name: 'x'.repeat(200), traceId: elsewhere })] }, { columns: 60 })
  expect(Math.max(...lines.map(({ length }) => length))).toBe(60)
  expect(lines[6]).toBe('  60.0   10.0       █    │ └ notifications consumer → proce…')
})

it('tells who links to it, and what was logged, in the order given', () => {
  const replayed = span('8', undefined, { name: 'process again', service: 'notifications', traceId: elsewhere })
  const line = { service: 'orders', atMs: started + 12, severity: 17, level: 'error', message: 'no\u001b[2J answer\n', attributes: {} }
  expect(drawTrace({ ...bare, lines: [line], linkedFrom: [replayed] }).slice(10)).toEqual([
    '',
    `  ↙ linked from notifications process again, trace ${elsewhere}`,
    '',
    ' at ms logged',
    '  12.0 error orders no [2J answer ',
  ])
})

it('colours what failed, and changes nothing else by colours', () => {
  const painted: string[] = []
  const lines = drawTrace(bare, { paint: (colour, text) => `<${painted.push(`${colour} ${text.trim()}`) && text}>` })
  expect(painted).toEqual(expect.arrayContaining(['red ✗ card_declined', 'red · 1 failed', 'bold ◆ checkout/charge']))
  expect(lines.map((line) => line.replaceAll(/[<>]/g, ''))).toEqual(drawTrace(bare))
})

it('draws what no sender should send: nothing, no time at all, a chain without end', () => {
  expect(drawTrace({ ...bare, spans: [] })).toEqual([])
  expect(drawTrace({ ...bare, spans: [span('1', undefined, { name: 'instant', durationMs: 0 })] })[4]).toBe(
    `   0.0    0.0 ${'█'.repeat(24)} orders instant`,
  )
  const chain = Array.from({ length: 10_000 }, (_, at) => span(String(at + 1), at === 0 ? undefined : String(at), { name: 'deeper' }))
  expect(drawTrace({ ...bare, spans: chain }, { columns: 80 })).toHaveLength(10_004)
  expect(drawTrace({ ...bare, spans: chain }).at(-1)?.length).toBeLessThan(250)
})

it('sums a trace up by its root, however late that is sent', () => {
  expect(summariseTrace([processed, lost, placed])).toEqual({
    traceId,
    startedAtMs: started,
    durationMs: 100,
    name: 'POST /v1/orders',
    service: 'gateway',
    spans: 3,
    errors: 0,
    services: ['notifications', 'orders', 'gateway'],
  })
  expect(summariseTrace([processed, published])).toMatchObject({ name: 'publish orders.order-placed.v1', startedAtMs: started + 50 })
  expect(summariseTrace([])).toBeUndefined()
})
