import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { RequestRefusedError } from '@ashlar/contract'
import {
  childOf,
  contextHeaders,
  newTrace,
  parseTraceparent,
  type CallContext,
  type StartedSpan,
  type TraceContext,
} from '@observability/telemetry'

/** A caller that waits less than this gets a refusal instead of work it would never hear of. */
const shortestWaitMs = 2
const longestWaitMs = 600_000
const saneRequestId = /^[\w.:-]{1,128}$/

/** What a request is shown as in its caller's trace. */
export type StartSpan = (caller: TraceContext | undefined) => StartedSpan

/**
 * Makes the context a call runs in: the span that is started for it, or else a step of its own, under the caller's trace or in a
 * new one; a new request id unless a sane one came.
 */
export function incomingContext(headers: IncomingHttpHeaders, waitMs: number | undefined, start?: StartSpan): CallContext {
  const received = single(headers[contextHeaders.requestId])
  const caller = parseTraceparent(single(headers[contextHeaders.traceparent]), single(headers[contextHeaders.tracestate]))
  const requestId = received !== undefined && saneRequestId.test(received) ? received : randomUUID()
  const span = start?.(caller)
  const trace = span?.trace ?? (caller === undefined ? newTrace() : childOf(caller))
  const context: { -readonly [Key in keyof CallContext]: CallContext[Key] } = { requestId, trace }
  if (span !== undefined) context.span = span
  if (waitMs !== undefined) context.deadlineAt = performance.now() + waitMs
  return context
}

/** Reads how long the caller still waits, at most ten minutes; `undefined` where it does not say. Throws `RequestRefusedError` for anything but whole milliseconds. */
export function waitMsOf(headers: IncomingHttpHeaders): number | undefined {
  const said = headers[contextHeaders.deadline]
  if (said === undefined) return undefined
  if (typeof said !== 'string' || !/^\d{1,9}$/.test(said)) {
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'invalid_deadline' },
      `${contextHeaders.deadline} must be a whole number of milliseconds`,
    )
  }
  return Math.min(Number(said), longestWaitMs)
}

/** Throws `RequestRefusedError` when the caller will be gone before anything could be answered. */
export function refuseTooShort(waitMs: number | undefined): void {
  if (waitMs === undefined || waitMs >= shortestWaitMs) return
  throw new RequestRefusedError(
    { status: 'GATEWAY_TIMEOUT', reason: 'deadline_too_short' },
    'the caller waits too short a time for any answer; nothing was done',
  )
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
