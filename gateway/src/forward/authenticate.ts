import { RequestRefusedError } from '@ashlar/contract'
import { KeysUnavailableError, type AccessTokenVerifier, type Principal } from '@ashlar/security'
import type { Telemetry } from '@observability/telemetry'
import { FaultError } from '../http/fault-error.ts'
import { failedTokenLimit, type RateClasses } from '../limits/rate-classes.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'
import { retryAfterSeconds } from './fault-of-call.ts'

export interface AuthenticationRules {
  readonly tokens: AccessTokenVerifier
  readonly limiter: RateLimiter
  readonly classes: RateClasses
  readonly telemetry: Telemetry
}

const bearerForm = /^Bearer ([\w.~+/-]+=*)$/i

/**
 * Tells whom a bearer token belongs to. Throws `FaultError`: 401, or 429 once an address has sent too many that are no good (its
 * good ones are still believed), or 503 while no key was ever had to check it with.
 */
export async function authenticate(
  authorization: string | undefined,
  { address }: { readonly address: string },
  rules: AuthenticationRules,
): Promise<Principal> {
  try {
    return await rules.tokens.verify(tokenIn(authorization))
  } catch (cause) {
    if (cause instanceof RequestRefusedError) {
      if (authorization !== undefined) countFailure(address, rules)
      const detail = `${cause.message}: sign in or renew the session, and send Authorization: Bearer <access token>`
      throw new FaultError({ status: 401, code: cause.reason, detail }, { cause })
    }
    if (!(cause instanceof KeysUnavailableError)) throw cause
    const detail = `access tokens cannot be checked just now: try again in ${retryAfterSeconds} s`
    throw new FaultError({ status: 503, code: 'unavailable', detail, retryAfterSeconds }, { cause })
  }
}

function countFailure(address: string, { limiter, classes, telemetry }: AuthenticationRules): void {
  const admission = limiter.admit(`failed token ${address}`, failedTokenLimit(classes))
  if (admission.admitted) return
  telemetry.metrics.count('rate_limited_requests_total', { limit: 'failed-token' })
  const detail = `too many access tokens from here were not valid: try again in ${admission.retryAfterSeconds} s, with a new one`
  throw new FaultError({ status: 429, code: 'too_many_requests', detail, retryAfterSeconds: admission.retryAfterSeconds })
}

function tokenIn(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined
  const [, token] = bearerForm.exec(authorization) ?? []
  if (token !== undefined) return token
  const detail = 'this is no bearer token'
  throw new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, detail)
}
