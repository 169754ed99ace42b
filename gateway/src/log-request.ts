import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '@observability/telemetry'
import type { Noted } from './forward/incoming.ts'

interface Finished {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly noted: Noted
  readonly began: number
}

/** Writes a request's one line. A caller who left before the answer was written is logged as 499. */
export function logRequest(logger: Logger, { request, response, noted, began }: Finished): void {
  // a refusal is told before the body it refuses has come to its end, and may not be waited for longer than that
  const wasRefused = noted.code !== undefined && noted.code !== 'aborted' && response.headersSent
  const wasAnswered = response.writableFinished || wasRefused
  const status = wasAnswered ? response.statusCode : 499
  const entry = {
    event: 'request',
    method: request.method,
    route: noted.route === '' ? 'unmatched' : noted.route,
    status,
    duration_ms: Math.round((performance.now() - began) * 10) / 10,
    code: wasAnswered ? noted.code : 'aborted',
  }
  if (status >= 500) logger.warn(entry, 'request')
  else logger.info(entry, 'request')
}
