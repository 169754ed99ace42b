import { createLogger, type Logger } from '@observability/telemetry'

/** A logger that says nothing. */
export const silent: Logger = createLogger({ service: 'test', level: 'silent' })
