import type { SpanKind } from '../tracing/span.ts'
import type { ByteWriter } from '../otlp/byte-writer.ts'
import { encodeAttribute } from '../otlp/encode-attributes.ts'
import type { EndedSpan, SpanAttributes, SpanEvent } from './ended-span.ts'
import type { TraceContext } from '../trace-context.ts'

// Tags of the message `Span` (opentelemetry/proto/trace/v1/trace.proto, OTLP 1.x): field number and wire type.
const tags = {
  traceId: (1 << 3) | 2,
  spanId: (2 << 3) | 2,
  traceState: (3 << 3) | 2,
  parentSpanId: (4 << 3) | 2,
  name: (5 << 3) | 2,
  kind: 6 << 3,
  start: (7 << 3) | 1,
  end: (8 << 3) | 1,
  attributes: (9 << 3) | 2,
  droppedAttributes: 10 << 3,
  events: (11 << 3) | 2,
  droppedEvents: 12 << 3,
  links: (13 << 3) | 2,
  droppedLinks: 14 << 3,
  status: (15 << 3) | 2,
  flags: (16 << 3) | 5,
}
const kinds: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 }
// their length, and the code
const unsetStatus = Buffer.from([2, 3 << 3, 0])
const failedStatus = Buffer.from([2, 3 << 3, 2])
// a longer value is cut: a trace is no place for documents
const longestValue = 2048
const mostAttributes = 128
// that it is known whether the parent is remote, and that it is
const remoteIsKnown = 0x100
const parentIsRemote = 0x200

/** Writes a span as the message `Span`, without its length. */
export function encodeSpan(span: EndedSpan, to: ByteWriter): void {
  const { trace, parent, kind } = span
  encodePlace(trace, to)
  if (parent !== undefined) {
    to.byte(tags.parentSpanId)
    to.id(parent.spanId)
  }
  to.byte(tags.name)
  to.text(span.name)
  to.byte(tags.kind)
  to.byte(kinds[kind])
  to.byte(tags.start)
  to.time(span.startedAtMs)
  to.byte(tags.end)
  to.time(span.endedAtMs)
  encodeAttributes(tags.attributes, span.attributes, to)
  noneDropped(tags.droppedAttributes, to)
  for (const event of span.events) encodeEvent(event, to)
  noneDropped(tags.droppedEvents, to)
  for (const link of span.links) encodeLink(link, to)
  noneDropped(tags.droppedLinks, to)
  to.byte(tags.status)
  to.raw(span.hasFailed ? failedStatus : unsetStatus)
  to.varint(tags.flags)
  to.fixed32(flagsOf(trace) | (parent !== undefined && (kind === 'server' || kind === 'consumer') ? parentIsRemote : 0))
}

/** Writes those that have a value, up to the 128th. */
function encodeAttributes(tag: number, attributes: SpanAttributes, to: ByteWriter): void {
  let written = 0
  for (const key in attributes) {
    const value = attributes[key]
    if (value === undefined) continue
    if (written === mostAttributes) return
    written += 1
    const isLong = typeof value === 'string' && value.length > longestValue
    encodeAttribute(tag, { key, value: isLong ? value.slice(0, longestValue) : value }, to)
  }
}

/** Of spans and links alike: ids, and the vendors' state. */
function encodePlace({ traceId, spanId, state }: TraceContext, to: ByteWriter): void {
  to.byte(tags.traceId)
  to.id(traceId)
  to.byte(tags.spanId)
  to.id(spanId)
  if (state === undefined) return
  to.byte(tags.traceState)
  to.text(state)
}

function encodeEvent({ name, atMs, attributes }: SpanEvent, to: ByteWriter): void {
  to.byte(tags.events)
  const begun = to.begin()
  to.byte((1 << 3) | 1)
  to.time(atMs)
  to.byte((2 << 3) | 2)
  to.text(name)
  encodeAttributes((3 << 3) | 2, attributes, to)
  noneDropped(4 << 3, to)
  to.end(begun)
}

function encodeLink(link: TraceContext, to: ByteWriter): void {
  to.byte(tags.links)
  const begun = to.begin()
  encodePlace(link, to)
  noneDropped(5 << 3, to)
  to.byte((6 << 3) | 5)
  to.fixed32(flagsOf(link) | parentIsRemote)
  to.end(begun)
}

/** OpenTelemetry's own serializer says so, and so do we: then our bytes can be held against its. */
function noneDropped(tag: number, to: ByteWriter): void {
  to.byte(tag)
  to.byte(0)
}

function flagsOf({ flags }: TraceContext): number {
  return Number.parseInt(flags, 16) | remoteIsKnown
}
