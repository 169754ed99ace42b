import type { TimeInput } from '@opentelemetry/api'
import { wallClockMs } from './wall-clock.ts'

/** Says whether something is a time as OpenTelemetry takes it. */
export function isTime(said: unknown): said is TimeInput {
  return typeof said === 'number' || said instanceof Date || Array.isArray(said)
}

/** Gives it in milliseconds since 1970: it may be a date, milliseconds since then or since the process began, or seconds and nanoseconds. Now, unless said. */
export function timeOf(said: TimeInput | undefined): number {
  if (said === undefined) return wallClockMs(performance.now())
  if (said instanceof Date) return said.getTime()
  if (typeof said === 'number') return said < performance.timeOrigin ? wallClockMs(said) : said
  return said[0] * 1000 + said[1] / 1e6
}
