import { readLogs, type LogRecord } from '../otlp/read-otlp.ts'
import { logsRequest } from './otlp-logs.ts'

/**
 * Reads a line of our log as whoever it is sent to would, for those that have it from the process's output. Gives `undefined`
 * for one that belongs to no trace, and for what is no line of ours.
 */
export function readLine(line: string): LogRecord | undefined {
  // most lines of a start belong to none: they are not even parsed
  if (!line.startsWith('{') || !line.includes('"trace_id":"')) return undefined
  const service = serviceOf(line)
  if (service === undefined) return undefined
  return readLogs({ contentType: 'application/x-protobuf', bytes: Buffer.from(logsRequest({ 'service.name': service }, [line])) })[0]
}

function serviceOf(line: string): string | undefined {
  try {
    const { service } = JSON.parse(line) as { service?: unknown }
    return typeof service === 'string' ? service : undefined
  } catch {
    return undefined
  }
}
