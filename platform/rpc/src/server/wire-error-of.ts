import { RequestRefusedError } from '@ashlar/contract'
import { CallFailedError } from '../wire/call-failed.ts'
import type { WireError } from '../wire/wire-error.ts'

export const internalError: WireError = { status: 'INTERNAL_SERVER_ERROR', reason: 'internal', message: 'something went wrong on our side' }
export const deadlineError: WireError = {
  status: 'GATEWAY_TIMEOUT',
  reason: 'deadline_exceeded',
  message: 'no answer came before the deadline of the caller',
}
export const abortedError: WireError = { status: 'CLIENT_CLOSED_REQUEST', reason: 'aborted', message: 'the caller went away' }

/**
 * Says what a caller is told about something that was thrown. Only refusals speak in their own words; an outage of a
 * service called on the way is told as such, and a bug shows nothing of itself.
 */
export function wireErrorOf(cause: unknown): WireError {
  if (cause instanceof RequestRefusedError) {
    const { status, reason, message, issues, retryAfterSeconds } = cause
    return {
      status,
      reason,
      message,
      ...(issues === undefined ? {} : { issues }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    }
  }
  if (!(cause instanceof CallFailedError)) return internalError
  if (cause.reason === 'deadline_exceeded') return deadlineError
  // a refusal by that service is a bug of ours: we asked for what it does not allow
  if (cause.status !== undefined && cause.status !== 'SERVICE_UNAVAILABLE') return internalError
  return { status: 'SERVICE_UNAVAILABLE', reason: 'dependency_unavailable', message: 'a service this answer depends on is not available' }
}
