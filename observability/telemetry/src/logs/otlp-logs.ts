const severities: Readonly<Record<string, number>> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 }
const longestValue = 8192
const mostAttributes = 64
// `service` is the resource's name already
const ownFields = new Set(['level', 'time', 'msg', 'service', 'trace_id', 'span_id', 'trace_flags'])

/**
 * Turns lines of pino's JSON into one OTLP request, in OTLP's JSON. A line that is no JSON is sent as it is. The text is written
 * at once: a tree of objects for each line, made only to be written, costs several times as much.
 */
export function logsRequest(resource: Readonly<Record<string, string>>, lines: readonly string[]): string {
  const attributes = Object.entries(resource).map(([key, value]) => attribute(key, textValue(value)))
  const records = lines.map(recordOf)
  return `{"resourceLogs":[{"resource":{"attributes":[${attributes.join(',')}]},"scopeLogs":[{"scope":{"name":"pino"},"logRecords":[${records.join(',')}]}]}]}`
}

function recordOf(line: string): string {
  const fields = parse(line)
  const level = textOf(fields['level']) ?? 'info'
  const at = Date.parse(textOf(fields['time']) ?? '')
  const [traceId, spanId, flags] = [textOf(fields['trace_id']), textOf(fields['span_id']), textOf(fields['trace_flags'])]
  const attributes: string[] = []
  flatten(fields, '', attributes)
  let record = `{"timeUnixNano":"${Number.isNaN(at) ? Date.now() : at}000000"`
  record += `,"severityNumber":${severities[level] ?? 9},"severityText":${JSON.stringify(level.toUpperCase())}`
  record += `,"body":${textValue(textOf(fields['msg']) ?? '')},"attributes":[${attributes.join(',')}]`
  if (traceId !== undefined) record += `,"traceId":${JSON.stringify(traceId)}`
  if (spanId !== undefined) record += `,"spanId":${JSON.stringify(spanId)}`
  if (flags !== undefined) record += `,"flags":${Number.parseInt(flags, 16) || 0}`
  return `${record}}`
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return { msg: line }
  }
}

/** Nested fields become names with dots, as attributes are; an error gets the names OpenTelemetry has for it. */
function flatten(fields: Readonly<Record<string, unknown>>, prefix: string, attributes: string[]): void {
  for (const field of Object.keys(fields)) {
    if (prefix === '' && ownFields.has(field)) continue
    if (attributes.length >= mostAttributes) return
    const value = fields[field]
    const key = `${prefix}${field}`
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      flatten(value as Record<string, unknown>, `${key}.`, attributes)
      continue
    }
    const said = valueOf(value)
    if (said !== undefined) attributes.push(attribute(errorNames[key] ?? key, said))
  }
}

const errorNames: Readonly<Record<string, string>> = {
  'err.name': 'exception.type',
  'err.message': 'exception.message',
  'err.stack': 'exception.stacktrace',
}

function attribute(key: string, value: string): string {
  return `{"key":${JSON.stringify(key)},"value":${value}}`
}

function valueOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return textValue(value)
    case 'boolean':
      return `{"boolValue":${value}}`
    case 'number':
      return Number.isSafeInteger(value) ? `{"intValue":"${value}"}` : `{"doubleValue":${value}}`
    default:
      return value === null || value === undefined ? undefined : textValue(JSON.stringify(value))
  }
}

function textValue(text: string): string {
  return `{"stringValue":${JSON.stringify(text.length > longestValue ? text.slice(0, longestValue) : text)}}`
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
