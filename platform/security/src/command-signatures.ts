import { SignJWT } from 'jose'
import type { Credentials, Identity } from './identity.ts'
import { believedPrincipal } from './internal-tokens.ts'
import { claimsOf } from './principal-claims.ts'
import { fingerprintOf, refuseToken, verifyToken } from './verify-token.ts'

const typ = 'ashlar-command+jwt'

/** A command as it is signed: for whom, in which message, with which text. */
export interface SignedCommand {
  readonly audience: string
  readonly messageId: string
  /** The command's data as JSON text; sender and receiver must write it the same way. */
  readonly data: string
}

/** Makes and judges signatures that outlive any token: a command may wait for days before it is read. */
export function createCommandSignatures(credentials: Credentials): Pick<Identity, 'signCommand' | 'verifyCommand'> {
  const { name, signingKey, publicKeys, now } = credentials
  return {
    signCommand({ audience, messageId, data }) {
      const claims = { ...claimsOf({ kind: 'service', name }), iss: name, aud: audience, jti: messageId, hash: fingerprintOf(data) }
      return new SignJWT({ ...claims, iat: Math.floor(now() / 1_000) })
        .setProtectedHeader({ alg: signingKey.algorithm, typ, kid: signingKey.kid })
        .sign(signingKey.key)
    },
    async verifyCommand(jws, { audience, messageId, data }) {
      const form = { typ, audience, toleranceSeconds: 0, requiredClaims: ['iss', 'aud', 'sub', 'jti', 'hash'] }
      const token = await verifyToken(jws, form, { keys: publicKeys, now })
      if (token.claims.jti !== messageId) throw refuseToken('the signature belongs to another message')
      if (token.claims['hash'] !== fingerprintOf(data)) throw refuseToken('the command was changed after it was signed')
      return believedPrincipal(token, credentials)
    },
  }
}
