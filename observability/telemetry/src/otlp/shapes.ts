import type { MessageShape } from './read-protobuf.ts'

// The parts of OTLP that are read here, by field number (https://github.com/open-telemetry/opentelemetry-proto).

const anyValue: MessageShape = {
  1: { name: 'stringValue', kind: 'text' },
  2: { name: 'boolValue', kind: 'bool' },
  3: { name: 'intValue', kind: 'int' },
  4: { name: 'doubleValue', kind: 'double' },
  5: { name: 'arrayValue', kind: () => ({ 1: { name: 'values', kind: anyValue, isRepeated: true } }) },
  6: { name: 'kvlistValue', kind: () => ({ 1: { name: 'values', kind: keyValue, isRepeated: true } }) },
}

const keyValue: MessageShape = { 1: { name: 'key', kind: 'text' }, 2: { name: 'value', kind: anyValue } }

const resource: MessageShape = { 1: { name: 'attributes', kind: keyValue, isRepeated: true } }

const link: MessageShape = { 1: { name: 'traceId', kind: 'hex' }, 2: { name: 'spanId', kind: 'hex' } }

const span: MessageShape = {
  1: { name: 'traceId', kind: 'hex' },
  2: { name: 'spanId', kind: 'hex' },
  4: { name: 'parentSpanId', kind: 'hex' },
  5: { name: 'name', kind: 'text' },
  6: { name: 'kind', kind: 'int' },
  7: { name: 'startTimeUnixNano', kind: 'fixed64' },
  8: { name: 'endTimeUnixNano', kind: 'fixed64' },
  9: { name: 'attributes', kind: keyValue, isRepeated: true },
  13: { name: 'links', kind: link, isRepeated: true },
  15: { name: 'status', kind: { 2: { name: 'message', kind: 'text' }, 3: { name: 'code', kind: 'int' } } },
}

const logRecord: MessageShape = {
  1: { name: 'timeUnixNano', kind: 'fixed64' },
  2: { name: 'severityNumber', kind: 'int' },
  3: { name: 'severityText', kind: 'text' },
  5: { name: 'body', kind: anyValue },
  6: { name: 'attributes', kind: keyValue, isRepeated: true },
  8: { name: 'flags', kind: 'fixed32' },
  9: { name: 'traceId', kind: 'hex' },
  10: { name: 'spanId', kind: 'hex' },
  11: { name: 'observedTimeUnixNano', kind: 'fixed64' },
}

export const tracesShape: MessageShape = {
  1: {
    name: 'resourceSpans',
    isRepeated: true,
    kind: {
      1: { name: 'resource', kind: resource },
      2: { name: 'scopeSpans', isRepeated: true, kind: { 2: { name: 'spans', kind: span, isRepeated: true } } },
    },
  },
}

export const logsShape: MessageShape = {
  1: {
    name: 'resourceLogs',
    isRepeated: true,
    kind: {
      1: { name: 'resource', kind: resource },
      2: { name: 'scopeLogs', isRepeated: true, kind: { 2: { name: 'logRecords', kind: logRecord, isRepeated: true } } },
    },
  },
}
