import type { IncomingMessage } from 'node:http'
import { RequestRefusedError, type AnyBoundOperation } from '@ashlar/contract'
import { KeysUnavailableError, requireAccess, type AccessTokenVerifier, type Principal } from '@ashlar/security'
import { FaultError } from '../http/fault-error.ts'
import { limitOf, type RateClasses } from '../limits/rate-classes.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'

export interface AdmissionRules {
  readonly tokens: AccessTokenVerifier
  readonly limiter: RateLimiter
  readonly classes: RateClasses
  /** How many proxies in front append to `X-Forwarded-For`; 0 trusts none and uses the connection's address. */
  readonly trustedHops: number
}

/**
 * Decides who asks and whether they may: the token where the operation is not open, then the limit (a customer's own, or
 * the address's for an open operation), then the contract's access. Throws `FaultError` 401, 403 or 429.
 */
export async function admit(request: IncomingMessage, operation: AnyBoundOperation, rules: AdmissionRules): Promise<Principal> {
  const isOpen = operation.policy.access === 'open'
  const principal: Principal = isOpen ? { kind: 'anonymous' } : await authenticated(request, rules.tokens)
  const caller = principal.kind === 'customer' ? `customer ${principal.id}` : `address ${addressOf(request, rules.trustedHops)}`
  const admission = rules.limiter.admit(`${operation.address} ${caller}`, limitOf(operation, rules.classes))
  if (!admission.admitted) {
    const { retryAfterSeconds } = admission
    throw new FaultError({ status: 429, code: 'too_many_requests', detail: `try again in ${retryAfterSeconds} s`, retryAfterSeconds })
  }
  allow(operation, principal)
  return principal
}

async function authenticated(request: IncomingMessage, tokens: AccessTokenVerifier): Promise<Principal> {
  const [scheme = '', token] = (request.headers.authorization ?? '').split(' ', 2)
  try {
    return await tokens.verify(scheme.toLowerCase() === 'bearer' ? token : undefined)
  } catch (cause) {
    if (cause instanceof RequestRefusedError) throw new FaultError({ status: 401, code: cause.reason, detail: cause.message }, { cause })
    if (cause instanceof KeysUnavailableError) {
      throw new FaultError(
        { status: 503, code: 'unavailable', detail: 'the keys to check tokens with cannot be had just now', retryAfterSeconds: 2 },
        { cause },
      )
    }
    throw cause
  }
}

function allow(operation: AnyBoundOperation, principal: Principal): void {
  try {
    requireAccess(operation.policy.access, principal)
  } catch (cause) {
    if (!(cause instanceof RequestRefusedError)) throw cause
    throw new FaultError({ status: cause.status === 'FORBIDDEN' ? 403 : 401, code: cause.reason, detail: cause.message }, { cause })
  }
}

function addressOf(request: IncomingMessage, trustedHops: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown'
  if (trustedHops === 0) return direct
  const hops = (request.headers['x-forwarded-for'] ?? '').toString().split(',')
  return hops.at(-trustedHops)?.trim() || direct
}
