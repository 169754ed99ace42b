import type { SpanRecord } from '../trace-tree/span-record.ts'
import type { SpanKind } from '../tracing/span.ts'
import { plainAttributes, plainValue, type AnyValue, type KeyValue, type Plain } from './any-value.ts'
import { readProtobuf, type MessageShape } from './read-protobuf.ts'
import { logsShape, tracesShape } from './shapes.ts'

/** One line of log that somebody sent. */
export interface LogRecord {
  readonly service: string
  /** In milliseconds since 1970, UTC. */
  readonly atMs: number
  /** OpenTelemetry's number: 9 to 12 is information, from 17 on errors. */
  readonly severity: number
  readonly level: string
  readonly message: string
  readonly attributes: Readonly<Record<string, Plain>>
  readonly traceId?: string
  readonly spanId?: string
}

/** Thrown for a body that is not OTLP: to be answered with 400. */
export class OtlpUnreadableError extends Error {
  override readonly name = 'OtlpUnreadableError'
}

/** A body as it came over HTTP, uncompressed. */
export interface OtlpBody {
  /** `application/x-protobuf` or `application/json`. */
  readonly contentType: string | undefined
  readonly bytes: Buffer
}

/** Reads the body of a request to `/v1/traces`. Throws `OtlpUnreadableError`. */
export function readTraces(body: OtlpBody): SpanRecord[] {
  return unlessUnreadable(() => {
    const { resourceSpans = [] } = messageIn(body, tracesShape) as TracesMessage
    return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
      const service = serviceOf(resource)
      return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => spanRecord(span, service)))
    })
  })
}

/** Reads the body of a request to `/v1/logs`. Throws `OtlpUnreadableError`. */
export function readLogs(body: OtlpBody): LogRecord[] {
  return unlessUnreadable(() => {
    const { resourceLogs = [] } = messageIn(body, logsShape) as LogsMessage
    return resourceLogs.flatMap(({ resource, scopeLogs = [] }) => {
      const service = serviceOf(resource)
      return scopeLogs.flatMap(({ logRecords = [] }) => logRecords.map((record) => logRecord(record, service)))
    })
  })
}

interface Resource {
  readonly attributes?: readonly KeyValue[]
}

interface TracesMessage {
  readonly resourceSpans?: readonly {
    readonly resource?: Resource
    readonly scopeSpans?: readonly { readonly spans?: readonly SpanMessage[] }[]
  }[]
}

interface SpanMessage {
  readonly traceId?: string
  readonly spanId?: string
  readonly parentSpanId?: string
  /** Text, though JSON from elsewhere may hold anything. */
  readonly name?: unknown
  readonly kind?: number | string
  readonly startTimeUnixNano?: string | number
  readonly endTimeUnixNano?: string | number
  readonly attributes?: readonly KeyValue[]
  readonly links?: readonly { readonly traceId?: string; readonly spanId?: string }[]
  readonly status?: { readonly code?: number | string; readonly message?: string }
}

interface LogsMessage {
  readonly resourceLogs?: readonly {
    readonly resource?: Resource
    readonly scopeLogs?: readonly { readonly logRecords?: readonly LogMessage[] }[]
  }[]
}

interface LogMessage {
  readonly timeUnixNano?: string | number
  readonly observedTimeUnixNano?: string | number
  readonly severityNumber?: number | string
  readonly severityText?: string
  readonly body?: AnyValue
  readonly attributes?: readonly KeyValue[]
  readonly traceId?: string
  readonly spanId?: string
}

function messageIn({ contentType = '', bytes }: OtlpBody, shape: MessageShape): unknown {
  return contentType.toLowerCase().startsWith('application/json') ? JSON.parse(bytes.toString('utf8')) : readProtobuf(bytes, shape)
}

/** What comes from outside may be anything: whatever goes wrong while it is read is its own fault. */
function unlessUnreadable<Records>(read: () => Records): Records {
  try {
    return read()
  } catch (cause) {
    throw new OtlpUnreadableError('this is not OTLP', { cause })
  }
}

function spanRecord(span: SpanMessage, service: string): SpanRecord {
  const { traceId = '', spanId = '', parentSpanId = '', name = '', links = [], status } = span
  const attributes = plainAttributes(span.attributes)
  const startedAtMs = milliseconds(span.startTimeUnixNano)
  const hasFailed = status?.code !== undefined && ['2', 'STATUS_CODE_ERROR'].includes(String(status.code))
  return {
    traceId: traceId.toLowerCase(),
    spanId: spanId.toLowerCase(),
    ...(parentSpanId === '' ? {} : { parentSpanId: parentSpanId.toLowerCase() }),
    service,
    name: typeof name === 'string' ? name : JSON.stringify(name),
    kind: kindOf(span.kind),
    startedAtMs,
    durationMs: milliseconds(span.endTimeUnixNano) - startedAtMs,
    attributes,
    links: links.map((link) => ({ traceId: (link.traceId ?? '').toLowerCase(), spanId: (link.spanId ?? '').toLowerCase() })),
    ...(hasFailed ? { error: String(attributes['error.type'] ?? status.message ?? 'unknown') } : {}),
  }
}

function logRecord(record: LogMessage, service: string): LogRecord {
  const { traceId = '', spanId = '', severityText = '' } = record
  return {
    service,
    atMs: milliseconds(record.timeUnixNano ?? record.observedTimeUnixNano),
    severity: Number(record.severityNumber ?? 0),
    level: severityText.toLowerCase(),
    message: String(plainValue(record.body)),
    attributes: plainAttributes(record.attributes),
    ...(traceId === '' ? {} : { traceId: traceId.toLowerCase() }),
    ...(spanId === '' ? {} : { spanId: spanId.toLowerCase() }),
  }
}

function serviceOf(resource: Resource | undefined): string {
  return String(plainAttributes(resource?.attributes)['service.name'] ?? 'unknown_service')
}

const kinds: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer']

/** A number, or its name: JSON may have either. */
function kindOf(kind: number | string = 0): SpanKind {
  const named = kinds.find((known) => String(kind) === `SPAN_KIND_${known.toUpperCase()}`)
  return named ?? kinds[Number(kind)] ?? 'internal'
}

/** Nanoseconds do not fit a number; microseconds do. */
function milliseconds(nanoseconds: string | number = 0): number {
  return Number(BigInt(nanoseconds) / 1000n) / 1000
}
