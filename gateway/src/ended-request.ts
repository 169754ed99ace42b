import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Noted } from './forward/incoming.ts'

interface Finished {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly noted: Noted
  readonly began: number
}

/** How a request ended, as it is logged, counted and traced. */
export interface EndedRequest {
  readonly method: string | undefined
  /** Empty where nothing answers. */
  readonly route: string
  readonly status: number
  readonly code: string | undefined
  readonly durationMs: number
  /** How long a stream then lasted. */
  readonly streamedMs?: number
}

/** Tells how a request ended. A caller who left before the answer was written counts as 499; a stream is there to be left. */
export function endedHow({ request: { method }, response, noted: { route, code, streamsFrom }, began }: Finished): EndedRequest {
  if (streamsFrom !== undefined)
    return { method, route, status: 200, code, durationMs: streamsFrom - began, streamedMs: performance.now() - streamsFrom }
  // a refusal is told before the body it refuses has come to its end, and may not be waited for longer than that
  const wasRefused = code !== undefined && code !== 'aborted' && response.headersSent
  const durationMs = performance.now() - began
  if (response.writableFinished || wasRefused) return { method, route, status: response.statusCode, code, durationMs }
  return { method, route, status: 499, code: 'aborted', durationMs }
}
