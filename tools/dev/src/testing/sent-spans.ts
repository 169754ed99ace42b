import { randomBytes } from 'node:crypto'
import type { SpanRecord } from '@observability/telemetry/trace-tree'

/** A span with an id of its own, as read from what was sent. */
export function spanWith(rest: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: randomId(16),
    spanId: randomId(8),
    service: 'orders',
    name: 'placeOrder',
    kind: 'server',
    startedAtMs: 1_000,
    durationMs: 10,
    attributes: {},
    links: [],
    ...rest,
  }
}

/** Gives the hexadecimal id of a trace (16 bytes) or a span (8). */
export function randomId(bytes: 8 | 16): string {
  return randomBytes(bytes).toString('hex')
}

/** The JSON that OTLP has for spans of one service. */
export function otlpJson(service: string, spans: readonly object[]): string {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] }
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] })
}
