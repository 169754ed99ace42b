import { hash } from 'node:crypto'
import { RequestRefusedError } from '@ashlar/contract'
import { errors, jwtVerify, type JWTPayload } from 'jose'
import type { PublicKeys } from './key-set.ts'
import { KeysUnavailableError } from './keys-unavailable.ts'
import { signatureAlgorithms } from './signature-algorithms.ts'

/** What a token must be, apart from well signed. */
export interface TokenForm {
  readonly typ: string
  readonly audience: string
  readonly issuer?: string
  readonly requiredClaims: readonly string[]
  /** Clocks of two machines may differ by this much. */
  readonly toleranceSeconds: number
}

export interface VerifiedToken {
  readonly claims: JWTPayload
  readonly kid: string
}

/**
 * Checks signature, algorithm, type, audience, issuer and times at the wall-clock time `now`. Only the key named by
 * `kid` in our own key set is used; `jku`, `x5u` and embedded keys are never followed. Throws `RequestRefusedError`
 * (`unauthenticated`), or `KeysUnavailableError` when there are no keys to check with.
 */
export async function verifyToken(
  token: string,
  form: TokenForm,
  { keys, now }: { keys: PublicKeys; now: () => number },
): Promise<VerifiedToken> {
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await keys.find(kid)
        if (key === undefined) throw new errors.JWKSNoMatchingKey()
        return key
      },
      {
        typ: form.typ,
        audience: form.audience,
        algorithms: [...signatureAlgorithms],
        requiredClaims: [...form.requiredClaims],
        clockTolerance: form.toleranceSeconds,
        currentDate: new Date(now()),
        ...(form.issuer === undefined ? {} : { issuer: form.issuer }),
      },
    )
    return { claims: payload, kid: protectedHeader.kid ?? '' }
  } catch (cause) {
    if (cause instanceof KeysUnavailableError) throw cause
    throw refuseToken(cause instanceof errors.JWTExpired ? 'the token has expired' : 'the token is not valid', cause)
  }
}

/** Builds the refusal of a token. The cause keeps its words only: the original carries the claims, which are personal. */
export function refuseToken(message: string, cause?: unknown): RequestRefusedError {
  const why = cause instanceof Error ? new Error(cause.message) : undefined
  return new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, message, { cause: why })
}

/** Gives the SHA-256 of a text in base64url: what caches know a token by, so that a heap dump of keys is no list of tokens. */
export function fingerprintOf(text: string): string {
  return hash('sha256', text, 'base64url')
}
