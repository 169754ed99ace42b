import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { SignJWT, type JWK } from 'jose'
import { KeysUnavailableError } from './keys-unavailable.ts'
import { importSigningKey } from './signing-key.ts'

export const accessTokenType = 'at+jwt'

export interface AccessTokenOptions {
  /** A JWKS of private keys. */
  readonly keysFile: string
  readonly issuer: string
  readonly audience: string
  readonly lifetimeSeconds: number
  /** Wall-clock milliseconds; `Date.now` unless said. */
  readonly now?: () => number
}

export interface AccessTokens {
  /** Signs a token for a customer's session. */
  issue(customer: { userId: string; sessionId: string; roles: readonly string[] }): Promise<{ token: string; expiresInSeconds: number }>
  /** Gives the public half of every key of the file. */
  publicKeys(): JWK[]
}

/**
 * Issues customers' access tokens. The first key of the file signs and all are published, so keys rotate by overlap:
 * append the new one, wait until verifiers have seen it, move it to the front, and drop the old one when its last token
 * has expired. Throws `KeysUnavailableError` when the file holds no keys.
 */
export function createAccessTokens({ keysFile, issuer, audience, lifetimeSeconds, now = Date.now }: AccessTokenOptions): AccessTokens {
  const [first, ...others] = readKeys(keysFile)
  const signingKey = importSigningKey(first)
  // Whoever issues first hears of a bad key; until then it is nobody's unhandled rejection.
  signingKey.catch(() => undefined)

  return {
    async issue({ userId, sessionId, roles }) {
      const { key, kid, algorithm } = await signingKey
      const issuedAt = Math.floor(now() / 1_000)
      const token = await new SignJWT({ sid: sessionId, roles: [...roles] })
        .setProtectedHeader({ alg: algorithm, typ: accessTokenType, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(key)
      return { token, expiresInSeconds: lifetimeSeconds }
    },
    publicKeys: () => [first, ...others].map(publicPartOf),
  }
}

function readKeys(file: string): [JWK, ...JWK[]] {
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys?: JWK[] }
    const [first, ...others] = keys ?? []
    if (first === undefined) throw new Error('it holds no "keys"')
    return [first, ...others]
  } catch (cause) {
    throw KeysUnavailableError.reading(file, cause)
  }
}

// Named fields are copied rather than secret ones removed: a field nobody thought of stays private.
function publicPartOf({ kid, kty, crv, x, y, n, e, alg }: JWK): JWK {
  const given = Object.entries({ kid, kty, crv, x, y, n, e, alg }).filter(([, value]) => value !== undefined)
  return Object.assign<JWK, object>({ use: 'sig' }, Object.fromEntries(given))
}
