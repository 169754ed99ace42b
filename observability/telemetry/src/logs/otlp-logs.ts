/** What OTLP calls a value. */
type AnyValue = { stringValue: string } | { boolValue: boolean } | { intValue: string } | { doubleValue: number }

interface KeyValue {
  readonly key: string
  readonly value: AnyValue
}

export interface LogRecord {
  readonly timeUnixNano: string
  readonly severityNumber: number
  readonly severityText: string
  readonly body: AnyValue
  readonly attributes: readonly KeyValue[]
  readonly traceId?: string
  readonly spanId?: string
  readonly flags?: number
}

export interface LogsRequest {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] }
    readonly scopeLogs: readonly { readonly scope: { readonly name: string }; readonly logRecords: readonly LogRecord[] }[]
  }[]
}

const severities: Readonly<Record<string, number>> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 }
const longestValue = 8192
const mostAttributes = 64
// `service` is the resource's name already
const ownFields = new Set(['level', 'time', 'msg', 'service', 'trace_id', 'span_id', 'trace_flags'])

/** Turns lines of pino's JSON into one OTLP request, in OTLP's JSON. A line that is no JSON is sent as it is. */
export function logsRequest(resource: Readonly<Record<string, string>>, lines: readonly string[]): LogsRequest {
  const attributes = Object.entries(resource).map(([key, value]) => ({ key, value: { stringValue: value } }))
  const scopeLogs = [{ scope: { name: 'pino' }, logRecords: lines.map(recordOf) }]
  return { resourceLogs: [{ resource: { attributes }, scopeLogs }] }
}

function recordOf(line: string): LogRecord {
  const fields = parse(line)
  const level = textOf(fields['level']) ?? 'info'
  const at = Date.parse(textOf(fields['time']) ?? '')
  const [traceId, spanId, flags] = [textOf(fields['trace_id']), textOf(fields['span_id']), textOf(fields['trace_flags'])]
  return {
    timeUnixNano: `${Number.isNaN(at) ? Date.now() : at}000000`,
    severityNumber: severities[level] ?? 9,
    severityText: level.toUpperCase(),
    body: { stringValue: textOf(fields['msg']) ?? '' },
    attributes: flatten(fields, '').slice(0, mostAttributes),
    ...(traceId === undefined ? {} : { traceId }),
    ...(spanId === undefined ? {} : { spanId }),
    ...(flags === undefined ? {} : { flags: Number.parseInt(flags, 16) }),
  }
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return { msg: line }
  }
}

/** Nested fields become names with dots, as attributes are; an error gets the names OpenTelemetry has for it. */
function flatten(fields: object, prefix: string): KeyValue[] {
  return Object.entries(fields).flatMap(([field, value]: [string, unknown]): KeyValue[] => {
    if (prefix === '' && ownFields.has(field)) return []
    const key = `${prefix}${field}`
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return flatten(value, `${key}.`)
    const said = valueOf(value)
    return said === undefined ? [] : [{ key: errorNames[key] ?? key, value: said }]
  })
}

const errorNames: Readonly<Record<string, string>> = {
  'err.name': 'exception.type',
  'err.message': 'exception.message',
  'err.stack': 'exception.stacktrace',
}

function valueOf(value: unknown): AnyValue | undefined {
  switch (typeof value) {
    case 'string':
      return { stringValue: value.slice(0, longestValue) }
    case 'boolean':
      return { boolValue: value }
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
    default:
      return value === null || value === undefined ? undefined : { stringValue: JSON.stringify(value).slice(0, longestValue) }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
