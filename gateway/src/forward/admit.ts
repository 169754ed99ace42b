import type { AnyBoundOperation } from '@ashlar/contract'
import { requireAccess, type Principal } from '@ashlar/security'
import { FaultError } from '../http/fault-error.ts'
import { orFault } from '../http/fault-of-refusal.ts'
import { limitOf, rateClassOf } from '../limits/rate-classes.ts'
import type { Caller, CallerRules } from './caller.ts'

/** By what it is decided who is let in. */
export type AdmissionRules = CallerRules

/**
 * Decides who asks and whether they may: the token where the operation is not open, then the limit (a customer's own, or
 * the address's for an open operation), then the contract's access. Throws `FaultError` 401, 403, 429, or 503 while there are
 * no keys to check a token with.
 */
export async function admit(caller: Caller, operation: AnyBoundOperation, rules: AdmissionRules): Promise<Principal> {
  const isOpen = operation.policy.access === 'open'
  const principal: Principal = isOpen ? { kind: 'anonymous' } : await caller.principal()
  const admission = rules.limiter.admit(`${operation.address} ${countedAs(principal, caller)}`, limitOf(operation, rules.classes))
  if (!admission.admitted) {
    const { retryAfterSeconds } = admission
    rules.telemetry.metrics.count('rate_limited_requests_total', { limit: rateClassOf(operation) })
    const detail = `too many requests of this kind: try again in ${retryAfterSeconds} s`
    throw new FaultError({ status: 429, code: 'too_many_requests', detail, retryAfterSeconds })
  }
  orFault(() => requireAccess(operation.policy.access, principal))
  return principal
}

/** Says by what somebody is counted: a customer by their own id, anybody else by the address. */
export function countedAs(principal: Principal, caller: Caller): string {
  return principal.kind === 'customer' ? `customer ${principal.id}` : `address ${caller.address}`
}
