import type { AnyBoundOperation } from '@ashlar/contract'
import { CallFailedError } from '@ashlar/rpc'
import type { Fault } from '../http/fault.ts'
import { FaultError } from '../http/fault-error.ts'

/** Seconds after which an instance that is restarting has had time to come back. */
export const retryAfterSeconds = 2

/** Says what a caller is told about a call that brought no answer; whatever else was thrown is given back as it is. */
export function faultOfCall(operation: AnyBoundOperation, cause: unknown): unknown {
  return cause instanceof CallFailedError ? new FaultError(faultOf(operation, cause), { cause }) : cause
}

function faultOf({ contract }: AnyBoundOperation, { reason, outcome }: CallFailedError): Fault {
  if (reason === 'aborted') return { status: 499, code: 'aborted', detail: 'the caller went away' }
  if (reason === 'response_too_large') return { status: 502, code: 'bad_response', detail: `${contract} answered more than is passed on` }
  // whatever kept it, nothing has happened: the caller may simply come again
  if (outcome === 'not-sent')
    return { status: 503, code: 'unavailable', detail: `no healthy instance of ${contract} just now`, retryAfterSeconds }
  if (reason === 'deadline_exceeded')
    return { status: 504, code: 'deadline_exceeded', detail: `${contract} did not answer in time; whether it acted is not known` }
  return { status: 502, code: 'connection_lost', detail: `the connection to ${contract} broke; whether it acted is not known` }
}
