import type { LogRecord } from '@observability/telemetry/otlp'
import type { SpanRecord } from '@observability/telemetry/trace-tree'

// What an object of a few fields takes in V8, beside its texts.
const objectBytes = 250
const entryBytes = 60

/** Gives about how much memory a span takes, in bytes. */
export function sizeOfSpan({ service, name, attributes, links, error = '' }: SpanRecord): number {
  return objectBytes + 2 * (service.length + name.length + error.length) + sizeOfAttributes(attributes) + links.length * (entryBytes + 48)
}

/** Gives about how much memory a line takes, in bytes. */
export function sizeOfLine({ service, message, attributes }: LogRecord): number {
  return objectBytes + 2 * (service.length + message.length) + sizeOfAttributes(attributes)
}

function sizeOfAttributes(attributes: SpanRecord['attributes']): number {
  let bytes = 0
  for (const [name, value] of Object.entries(attributes))
    bytes += entryBytes + 2 * (name.length + (typeof value === 'string' ? value.length : 0))
  return bytes
}
