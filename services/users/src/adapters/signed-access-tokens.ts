import { createAccessTokens, type AccessTokenOptions, type AccessTokens as Issuer } from '@ashlar/security'
import type { PublishedKey } from '@contracts/users'
import type { AccessTokens } from '../ports.ts'

/** A key of the access key file is not of the kind that the contract publishes. */
export class AccessKeyUnsupportedError extends Error {
  override readonly name = 'AccessKeyUnsupportedError'
  constructor(kid: string | undefined) {
    super(`the access key ${kid ?? 'without a kid'} is not an Ed25519 key`)
  }
}

/** Signs access tokens with the keys of a file. Throws at once when the file is missing or holds keys that cannot be published. */
export function signedAccessTokens(options: AccessTokenOptions): AccessTokens {
  const issuer = createAccessTokens(options)
  const published = issuer.publicKeys().map(publishedKey)
  return {
    issue: ({ id, userId }) => issuer.issue({ userId, sessionId: id, roles: [] }),
    publishedKeys: () => published,
  }
}

function publishedKey({ kty, crv, x, kid }: ReturnType<Issuer['publicKeys']>[number]): PublishedKey {
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined || kid === undefined) throw new AccessKeyUnsupportedError(kid)
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }
}
