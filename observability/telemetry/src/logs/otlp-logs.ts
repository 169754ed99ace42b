import type { ByteWriter } from '../otlp/byte-writer.ts'
import { encodeAttribute } from '../otlp/encode-attributes.ts'
import { encodeRequest, recordTag } from '../otlp/encode-request.ts'
import { encodeResource } from '../otlp/encode-resource.ts'
import { encodeScope } from '../otlp/encode-scope.ts'

const severities: Readonly<Record<string, number>> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 }
const longestValue = 8192
const mostAttributes = 64
// `service` is the resource's name already
const ownFields = new Set(['level', 'time', 'msg', 'service', 'trace_id', 'span_id', 'trace_flags'])

// Tags of `LogRecord` (opentelemetry/proto/logs/v1/logs.proto, OTLP 1.x)
const tags = { time: (1 << 3) | 1, severity: 2 << 3, level: (3 << 3) | 2, body: (5 << 3) | 2, attributes: (6 << 3) | 2 }
const placeTags = { flags: (8 << 3) | 5, traceId: (9 << 3) | 2, spanId: (10 << 3) | 2 }
const bodyTextTag = (1 << 3) | 2

// within a text its quotes would have backslashes before them
const serviceForm = /"service":"([^"\\]+)"/

type Fields = Readonly<Record<string, unknown>>

/**
 * Writes texts of pino's JSON, a line each entry, as one OTLP request in OTLP's protobuf; the resource of a line is that given, with
 * the service the line names. A line that is no JSON is sent as it is. The bytes are written at once: a tree of objects for each
 * line, made only to be written, costs several times as much.
 */
export function encodeLogs(resource: Readonly<Record<string, string>>, texts: readonly string[], to: ByteWriter): void {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '')
  for (const [service, ofService] of Map.groupBy(lines, serviceOf)) {
    const named = service === undefined ? resource : { ...resource, 'service.name': service }
    encodeRequest({ resource: encodeResource(named), scope: encodeScope('pino') }, () => encodeLines(ofService, to), to)
  }
}

/** Gives the service whose logger wrote a line: it says so before all that is said in the line, of other services perhaps. */
export function serviceOf(line: string): string | undefined {
  return serviceForm.exec(line)?.[1]
}

function encodeLines(lines: readonly string[], to: ByteWriter): void {
  for (const line of lines) {
    to.byte(recordTag)
    const begun = to.begin()
    encodeRecord(parse(line), to)
    to.end(begun)
  }
}

function encodeRecord(fields: Fields, to: ByteWriter): void {
  const level = textOf(fields['level']) ?? 'info'
  const at = Date.parse(textOf(fields['time']) ?? '')
  to.byte(tags.time)
  to.time(Number.isNaN(at) ? Date.now() : at)
  to.byte(tags.severity)
  to.byte(severities[level] ?? 9)
  to.byte(tags.level)
  to.text(level.toUpperCase())
  to.byte(tags.body)
  const body = to.begin()
  to.byte(bodyTextTag)
  to.text(cut(textOf(fields['msg']) ?? ''))
  to.end(body)
  flatten(fields, { prefix: '', left: mostAttributes }, to)
  encodePlace(fields, to)
}

function encodePlace(fields: Fields, to: ByteWriter): void {
  const [traceId, spanId, flags] = [idOf(fields['trace_id'], 32), idOf(fields['span_id'], 16), textOf(fields['trace_flags'])]
  if (flags !== undefined) {
    to.byte(placeTags.flags)
    to.fixed32(Number.parseInt(flags, 16) || 0)
  }
  if (traceId !== undefined) {
    to.byte(placeTags.traceId)
    to.id(traceId)
  }
  if (spanId !== undefined) {
    to.byte(placeTags.spanId)
    to.id(spanId)
  }
}

function parse(line: string): Fields {
  try {
    return JSON.parse(line) as Fields
  } catch {
    return { msg: line }
  }
}

/** Nested fields become names with dots, as attributes are; an error gets the names OpenTelemetry has for it. Gives how many more may come. */
function flatten(fields: Fields, { prefix, left }: { prefix: string; left: number }, to: ByteWriter): number {
  let stillLeft = left
  for (const field in fields) {
    if (prefix === '' && ownFields.has(field)) continue
    if (stillLeft === 0) return 0
    const value = fields[field]
    const key = prefix === '' ? field : `${prefix}${field}`
    if (value === null || value === undefined) continue
    if (typeof value === 'object' && !Array.isArray(value)) {
      stillLeft = flatten(value as Fields, { prefix: `${key}.`, left: stillLeft }, to)
      continue
    }
    stillLeft -= 1
    encodeAttribute(tags.attributes, { key: errorNames[key] ?? key, value: plain(value) }, to)
  }
  return stillLeft
}

const errorNames: Readonly<Record<string, string>> = {
  'err.name': 'exception.type',
  'err.message': 'exception.message',
  'err.stack': 'exception.stacktrace',
}

/** What came out of JSON is one of these, or a list: lists stay JSON. */
function plain(value: unknown): string | number | boolean {
  if (typeof value === 'boolean' || typeof value === 'number') return value
  return cut(typeof value === 'string' ? value : JSON.stringify(value))
}

function cut(text: string): string {
  return text.length > longestValue ? text.slice(0, longestValue) : text
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function idOf(value: unknown, digits: number): string | undefined {
  return typeof value === 'string' && value.length === digits && /^[\da-f]+$/.test(value) ? value : undefined
}
