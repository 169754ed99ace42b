import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'
import { currentContext } from './call-context.ts'

export type Logger = PinoLogger

export interface LoggerOptions {
  readonly service: string
  readonly level?: string
  /** Where lines go; standard output unless said. */
  readonly destination?: DestinationStream
}

/**
 * Makes a logger that writes one JSON line per entry, each with `service` and, inside a call, `request_id`, `trace_id`
 * and `span_id`. Fields that could carry secrets are cut at the top level and one below; never log bodies.
 */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const secrets = ['password', 'token', 'accessToken', 'refreshToken', 'authorization', 'secret']
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...secrets, ...secrets.map((field) => `*.${field}`)], censor: '[secret]' },
      mixin: contextFields,
    },
    destination ?? pino.destination({ sync: false, minLength: 0 }),
  )
}

function contextFields(): object {
  const context = currentContext()
  if (context === undefined) return {}
  return { request_id: context.requestId, trace_id: context.trace.traceId, span_id: context.trace.spanId }
}
