import type { AnyBoundOperation } from '@ashlar/contract'
import { CallFailedError } from '@ashlar/rpc'
import type { Fault } from '../http/fault.ts'
import { FaultError } from '../http/fault-error.ts'
import { whenUnknown } from './told-details.ts'

/** Seconds after which an instance that is restarting has had time to come back. */
export const retryAfterSeconds = 2

/** Says what a caller is told about a call that brought no answer; whatever else was thrown is given back as it is. */
export function faultOfCall(operation: AnyBoundOperation, cause: unknown): unknown {
  return cause instanceof CallFailedError ? new FaultError(faultOf(operation, cause), { cause }) : cause
}

function faultOf(operation: AnyBoundOperation, { reason, outcome }: CallFailedError): Fault {
  const unknown = whenUnknown(operation)
  if (reason === 'aborted') return { status: 499, code: 'aborted', detail: 'the caller went away' }
  if (reason === 'response_too_large')
    return { status: 502, code: 'bad_response', detail: `the answer is larger than can be passed on: ask for less; ${unknown}` }
  // whatever kept it, nothing has happened: the caller may simply come again
  if (outcome === 'not-sent') {
    const detail = `this is not to be had just now, and nothing was done: try again in ${retryAfterSeconds} s`
    return { status: 503, code: 'unavailable', detail, retryAfterSeconds }
  }
  if (reason === 'deadline_exceeded') return { status: 504, code: 'deadline_exceeded', detail: `no answer came in time: ${unknown}` }
  return { status: 502, code: 'connection_lost', detail: `the answer was lost on its way: ${unknown}` }
}
