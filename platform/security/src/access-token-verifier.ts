import type { JWK } from 'jose'
import { accessTokenType } from './access-tokens.ts'
import { createExpiringCache } from './expiring-cache.ts'
import { createKeySet } from './key-set.ts'
import { customerOf } from './principal-claims.ts'
import type { Customer } from './principal.ts'
import { fingerprintOf, refuseToken, verifyToken } from './verify-token.ts'

const toleranceSeconds = 30
const refetchGapMs = 30_000
const maxKeyAgeMs = 600_000
const maxCachedTokens = 10_000

export interface AccessTokenVerifierOptions {
  readonly issuer: string
  readonly audience: string
  /** Gets the issuer's published keys; it must end by itself. */
  readonly fetchKeys: () => Promise<JWK[]>
  /** Wall-clock milliseconds; `Date.now` unless said. */
  readonly now?: () => number
}

export interface AccessTokenVerifier {
  /**
   * Tells which customer an access token belongs to. Throws `RequestRefusedError` (`unauthenticated`) saying whether it
   * is missing, expired or not valid, or `KeysUnavailableError` while no key was ever obtained.
   */
  verify(token: string | undefined): Promise<Customer>
}

/**
 * Verifies customers' access tokens with the issuer's published keys: 30 s of clock difference forgiven, an unknown key
 * looked up at most once per 30 s, all keys every ten minutes, the last good ones kept while the issuer is away. A token
 * judged good is remembered until it expires or the published keys change.
 */
export function createAccessTokenVerifier({
  issuer,
  audience,
  fetchKeys,
  now = Date.now,
}: AccessTokenVerifierOptions): AccessTokenVerifier {
  const keys = createKeySet({ load: fetchKeys, refetchGapMs, maxAgeMs: maxKeyAgeMs, now })
  const verified = createExpiringCache<Customer>({ maxEntries: maxCachedTokens, now })
  const form = { typ: accessTokenType, issuer, audience, toleranceSeconds, requiredClaims: ['sub', 'sid', 'iat', 'exp'] }

  return {
    async verify(token) {
      if (token === undefined || token === '') throw refuseToken('an access token is missing')
      const fingerprint = fingerprintOf(token)
      const known = verified.get(`${keys.revision} ${fingerprint}`)
      if (known !== undefined) return known

      const { claims } = await verifyToken(token, form, { keys, now })
      const customer = customerOf(claims)
      if (customer === undefined) throw refuseToken('the token is not valid')
      // Asked again: checking may have brought new keys, and what is remembered belongs to the keys it was checked with.
      verified.set(`${keys.revision} ${fingerprint}`, customer, ((claims.exp ?? 0) + toleranceSeconds) * 1_000)
      return customer
    },
  }
}
