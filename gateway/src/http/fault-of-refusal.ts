import { httpStatusOf, RequestRefusedError } from '@ashlar/contract'
import { FaultError } from './fault-error.ts'

/** Says a refusal of the platform's as a fault; whatever else was thrown is given back as it is. */
export function faultOfRefusal(cause: unknown): unknown {
  if (!(cause instanceof RequestRefusedError)) return cause
  const { status, reason: code, message: detail, issues, retryAfterSeconds } = cause
  return new FaultError({ status: httpStatusOf(status), code, detail, issues, retryAfterSeconds }, { cause })
}

/** Does what may be refused. Throws `FaultError` for a refusal. */
export function orFault<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    throw faultOfRefusal(cause)
  }
}
