import { createLogger, type Logger } from '@observability/telemetry'

/** Makes a logger that says nothing, for tests that are not about logs. */
export function silentLogger(): Logger {
  return createLogger({ service: 'test', level: 'silent' })
}
