import type { Logger } from '@observability/telemetry'
import type { EndedRequest } from './ended-request.ts'

/** Writes a request's one line. */
export function logRequest(logger: Logger, { method, route, status, code, durationMs, streamedMs }: EndedRequest): void {
  const entry = {
    event: 'request',
    method,
    route: route === '' ? 'unmatched' : route,
    status,
    duration_ms: Math.round(durationMs * 10) / 10,
    ...(streamedMs === undefined ? {} : { streamed_ms: Math.round(streamedMs * 10) / 10 }),
    code,
  }
  if (status >= 500) logger.warn(entry, 'request')
  else logger.info(entry, 'request')
}
