import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'
import { batchedOutput } from './batched-output.ts'
import { currentContext } from './call-context.ts'
import { cutSecrets } from './cut-secrets.ts'
import { describeFully } from './describe-thrown.ts'
import { startedTelemetry } from './started.ts'
import { timeField } from './time-field.ts'

export type Logger = PinoLogger

export interface LoggerOptions {
  readonly service: string
  readonly level?: string
  /** Where lines go; standard output unless said. */
  readonly destination?: DestinationStream
}

/**
 * Makes a logger that writes one JSON line per entry, each with `service` and, inside a call, `request_id`, `trace_id`,
 * `span_id` and `trace_flags`; where telemetry is on, the same lines go to the collector. Fields that could carry secrets are
 * cut at the top level and one below; never log bodies. Of an error under `err` no more is told than `describeThrown` tells, and
 * where it was thrown.
 */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const time = timeField()
  const logger = pino(
    {
      level,
      base: { service },
      // pino puts this into the line as it is; its `mixin` makes each entry anew, which costs half of what writing the line does
      timestamp: () => time() + contextFields(),
      // pino's own way of cutting costs several times what writing the line does
      formatters: { level: (label) => ({ level: label }), log: cutSecrets },
      // an error is told by name, message, code and causes: whatever else hangs on it may be somebody's data
      serializers: { err: describeFully },
    },
    destination === undefined ? batchedOutput() : alsoShipped(destination),
  )
  // pino formats entries, not what a child says with each of its own; children inherit this
  const plain = Object.getPrototypeOf(logger) as Logger
  logger.child = function child(this: Logger, bindings, options) {
    return plain.child.call(this, cutSecrets(bindings), options)
  } as Logger['child']
  return logger
}

/** Written as JSON: ids of traces are hexadecimal digits, while whoever calls chooses the id of a request. */
function contextFields(): string {
  const context = currentContext()
  if (context === undefined) return ''
  const { traceId, spanId, flags } = context.trace
  return `,"request_id":${JSON.stringify(context.requestId)},"trace_id":"${traceId}","span_id":"${spanId}","trace_flags":"${flags}"`
}

/** Whatever leaves the process is the line as it was written, secrets cut. */
function alsoShipped(destination: DestinationStream): DestinationStream {
  return {
    write(line) {
      destination.write(line)
      startedTelemetry()?.takeLines(line, 1)
    },
  }
}
