import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { expect, it } from 'vitest'
import { newTrace } from '../trace-context.ts'
import { spanContextOf } from '../tracing/span-context.ts'
import { encodeResource } from '../otlp/encode-resource.ts'
import type { EndedSpan } from './ended-span.ts'
import { openSpanQueue } from './span-queue.ts'

const bare: EndedSpan = {
  name: 'POST /v1/orders',
  kind: 'server',
  trace: newTrace(),
  parent: undefined,
  startedAtMs: 1_795_000_000_000,
  endedAtMs: 1_795_000_000_012.5,
  attributes: {},
  links: [],
  events: [],
  hasFailed: false,
}
const resource = { 'service.name': 'orders', 'service.version': '0.1.0' }
// they put together what is of the very same object
const theirResource = resourceFromAttributes(resource)
const theirScope = { name: '@observability/telemetry' }

/** What the collector is sent of spans. */
async function sentOf(...spans: EndedSpan[]): Promise<Buffer> {
  const requests: Buffer[] = []
  const queue = openSpanQueue({
    batch: { maxQueueSize: 100, maxExportBatchSize: 100, scheduledDelayMillis: 60_000 },
    head: encodeResource(resource),
    send: (request) => Promise.resolve(requests.push(Buffer.from(request)) > 0),
    dropped: () => undefined,
  })
  for (const span of spans) queue.take(span)
  await queue.flush()
  return Buffer.concat(requests)
}

/** What OpenTelemetry's own serializer makes of the same. */
function theirsOf(...spans: EndedSpan[]): Buffer {
  const readable = spans.map((span) => ({
    name: span.name,
    kind: {
      internal: SpanKind.INTERNAL,
      server: SpanKind.SERVER,
      client: SpanKind.CLIENT,
      producer: SpanKind.PRODUCER,
      consumer: SpanKind.CONSUMER,
    }[span.kind],
    spanContext: () => spanContextOf(span.trace, { isRemote: false }),
    ...(span.parent === undefined
      ? {}
      : { parentSpanContext: spanContextOf(span.parent, { isRemote: span.kind === 'server' || span.kind === 'consumer' }) }),
    startTime: timeOf(span.startedAtMs),
    endTime: timeOf(span.endedAtMs),
    duration: timeOf(span.endedAtMs - span.startedAtMs),
    status: { code: span.hasFailed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: span.attributes,
    links: span.links.map((link) => ({ context: spanContextOf(link, { isRemote: true }) })),
    events: span.events.map(({ name, atMs, attributes }) => ({ name, time: timeOf(atMs), attributes })),
    ended: true,
    resource: theirResource,
    instrumentationScope: theirScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    recordEndMetrics: undefined,
  }))
  return Buffer.from(ProtobufTraceSerializer.serializeRequest(readable as never) ?? [])
}

function timeOf(milliseconds: number): [number, number] {
  return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1e6]
}

it.each<[string, Partial<EndedSpan>]>([
  ['a bare span', {}],
  ['a span below another process’s', { parent: newTrace(), kind: 'consumer' }],
  ['a span below one of its own process', { parent: newTrace(), kind: 'internal', trace: { ...newTrace(), state: 'vendor=1,other=2' } }],
  ['one that failed', { hasFailed: true, kind: 'client', attributes: { 'error.type': 'card_declined' } }],
  ['links', { kind: 'producer', links: [newTrace(), { ...newTrace(), flags: '00', state: 'vendor=1' }] }],
  ['events', { events: [{ name: 'retried', atMs: 1_795_000_000_001, attributes: { attempt: 2 } }] }],
  [
    'numbers',
    { attributes: { zero: 0, one: 127, two: 128, large: 2 ** 53 - 1, below: -1, least: -(2 ** 53) + 1, half: 0.5, none: Number.NaN } },
  ],
  ['truth', { attributes: { yes: true, no: false } }],
  [
    'texts',
    {
      attributes: {
        empty: '',
        short: 'a',
        café: 'thé à la menthe 🫖',
        of127: 'x'.repeat(127),
        of128: 'x'.repeat(128),
        of2000: 'é'.repeat(2000),
      },
    },
  ],
  ['lists', { attributes: { words: ['a', 'b'], numbers: [1, -2, 0.5], mixed: [true, 'a'], empty: [], long: Array(200).fill('word') } }],
  ['a long name', { name: 'n'.repeat(20_000) }],
])('sends the very bytes that OpenTelemetry’s serializer would: %s', async (_what, said) => {
  const span = { ...bare, ...said }
  expect((await sentOf(span)).toString('hex')).toBe(theirsOf(span).toString('hex'))
})

it('sends many as one', async () => {
  const spans = Array.from({ length: 90 }, (_, at) => ({ ...bare, trace: newTrace(), attributes: { at } }))
  expect((await sentOf(...spans)).toString('hex')).toBe(theirsOf(...spans).toString('hex'))
})

it('cuts what is too long, leaves out what has no value, and ends at the 128th attribute', async () => {
  const long = { ...bare, attributes: { text: 'x'.repeat(5000), missing: undefined } }
  expect((await sentOf(long)).toString('hex')).toBe(theirsOf({ ...bare, attributes: { text: 'x'.repeat(2048) } }).toString('hex'))
  const many = Object.fromEntries(Array.from({ length: 130 }, (_, at) => [`a${at}`, at]))
  const kept = Object.fromEntries(Object.entries(many).slice(0, 128))
  expect((await sentOf({ ...bare, attributes: many })).toString('hex')).toBe(theirsOf({ ...bare, attributes: kept }).toString('hex'))
})
