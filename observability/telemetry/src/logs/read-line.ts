import { ByteWriter } from '../otlp/byte-writer.ts'
import { readLogs, type LogRecord } from '../otlp/read-otlp.ts'
import { encodeLogs, serviceOf } from './otlp-logs.ts'

/**
 * Reads a line of our log as whoever it is sent to would, for those that have it from the process's output. Gives `undefined`
 * for one that belongs to no trace, and for what is no line of ours.
 */
export function readLine(line: string): LogRecord | undefined {
  // most lines of a start belong to none: they are not even parsed
  if (!line.startsWith('{') || !line.includes('"trace_id":"')) return undefined
  if (serviceOf(line) === undefined) return undefined
  const bytes = new ByteWriter()
  encodeLogs({}, [line], bytes)
  const [record] = readLogs({ contentType: 'application/x-protobuf', bytes: bytes.written })
  return record?.traceId === undefined ? undefined : record
}
