import type { IncomingMessage } from 'node:http'
import { RequestRefusedError, type AnyBoundOperation } from '@ashlar/contract'
import { requireAccess, type AccessTokenVerifier, type Principal } from '@ashlar/security'
import { FaultError } from '../http/fault-error.ts'
import { callerAddress } from '../limits/caller-address.ts'
import { limitOf, type RateClasses } from '../limits/rate-classes.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'
import { authenticate } from './authenticate.ts'

export interface AdmissionRules {
  readonly tokens: AccessTokenVerifier
  readonly limiter: RateLimiter
  readonly classes: RateClasses
  /** How many proxies in front append to `X-Forwarded-For`; 0 trusts none and uses the connection's address. */
  readonly trustedHops: number
}

/**
 * Decides who asks and whether they may: the token where the operation is not open, then the limit (a customer's own, or
 * the address's for an open operation), then the contract's access. Throws `FaultError` 401, 403, 429, or 503 while there are
 * no keys to check a token with.
 */
export async function admit(request: IncomingMessage, operation: AnyBoundOperation, rules: AdmissionRules): Promise<Principal> {
  const isOpen = operation.policy.access === 'open'
  const principal: Principal = isOpen ? { kind: 'anonymous' } : await authenticate(request, rules.tokens)
  const caller = principal.kind === 'customer' ? `customer ${principal.id}` : `address ${callerAddress(request, rules.trustedHops)}`
  const admission = rules.limiter.admit(`${operation.address} ${caller}`, limitOf(operation, rules.classes))
  if (!admission.admitted) {
    const { retryAfterSeconds } = admission
    throw new FaultError({ status: 429, code: 'too_many_requests', detail: `try again in ${retryAfterSeconds} s`, retryAfterSeconds })
  }
  requireAllowed(operation, principal)
  return principal
}

function requireAllowed(operation: AnyBoundOperation, principal: Principal): void {
  try {
    requireAccess(operation.policy.access, principal)
  } catch (cause) {
    if (!(cause instanceof RequestRefusedError)) throw cause
    throw new FaultError({ status: cause.status === 'FORBIDDEN' ? 403 : 401, code: cause.reason, detail: cause.message }, { cause })
  }
}
