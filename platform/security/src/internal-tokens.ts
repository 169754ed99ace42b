import { SignJWT } from 'jose'
import { createExpiringCache } from './expiring-cache.ts'
import type { Credentials, Identity } from './identity.ts'
import { claimsOf, principalOf } from './principal-claims.ts'
import type { Principal } from './principal.ts'
import { ownerOf } from './signing-key.ts'
import { fingerprintOf, refuseToken, verifyToken, type VerifiedToken } from './verify-token.ts'

const typ = 'ashlar-internal+jwt'
const lifetimeSeconds = 60
const reuseMarginSeconds = 20
const toleranceSeconds = 5
const maxCachedTokens = 10_000

/** Makes and judges the short tokens that go with each call between processes. */
export function createInternalTokens(credentials: Credentials): Pick<Identity, 'tokenFor' | 'verify'> {
  const { name, now, publicKeys } = credentials
  const made = createExpiringCache<Promise<string>>({ maxEntries: maxCachedTokens, now })
  const verified = createExpiringCache<Principal>({ maxEntries: maxCachedTokens, now })

  return {
    tokenFor(audience, principal = { kind: 'service', name }) {
      const key = JSON.stringify([audience, claimsOf(principal)])
      const known = made.get(key)
      if (known !== undefined) return known

      const token = makeToken(credentials, audience, principal)
      made.set(key, token, now() + (lifetimeSeconds - reuseMarginSeconds) * 1_000)
      token.catch(() => made.delete(key))
      return token
    },
    async verify(token, { audience }) {
      const fingerprint = `${audience} ${fingerprintOf(token)}`
      const known = verified.get(`${publicKeys.revision} ${fingerprint}`)
      if (known !== undefined) return known

      const form = { typ, audience, toleranceSeconds, requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp'] }
      const { claims, kid } = await verifyToken(token, form, { keys: publicKeys, now })
      if ((claims.exp ?? 0) - (claims.iat ?? 0) > lifetimeSeconds) throw refuseToken('the token lives too long')
      const principal = believedPrincipal({ claims, kid }, credentials)
      // Asked again: checking may have brought new keys, and what is remembered belongs to the keys it was checked with.
      verified.set(`${publicKeys.revision} ${fingerprint}`, principal, (claims.exp ?? 0) * 1_000)
      return principal
    },
  }
}

function makeToken({ signingKey, name, now }: Credentials, audience: string, principal: Principal): Promise<string> {
  const issuedAt = Math.floor(now() / 1_000)
  return new SignJWT({ ...claimsOf(principal), iss: name, aud: audience, iat: issuedAt, exp: issuedAt + lifetimeSeconds })
    .setProtectedHeader({ alg: signingKey.algorithm, typ, kid: signingKey.kid })
    .sign(signingKey.key)
}

/** Gives the principal that checked claims name, if the owner of the key may say so. Throws `RequestRefusedError`. */
export function believedPrincipal({ claims, kid }: VerifiedToken, { isBelieved }: Pick<Credentials, 'isBelieved'>): Principal {
  const signer = ownerOf(kid)
  const principal = principalOf(claims)
  if (principal === undefined || claims.iss !== signer) throw refuseToken('the token is not valid')
  if (!isBelieved(signer, principal)) throw refuseToken(`${signer} may not speak for this principal`)
  return principal
}
