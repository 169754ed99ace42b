import { SignJWT } from 'jose'
import type { Credentials, Identity } from './identity.ts'
import { believedPrincipal } from './internal-tokens.ts'
import { claimsOf } from './principal-claims.ts'
import { fingerprintOf, refuseToken, verifyToken } from './verify-token.ts'

/** The messages that are signed. Each kind has a type of signature of its own, so that none is taken for another. */
export type MessageKind = 'command' | 'reply'

/** A message as it is signed: what it is, for whom, under which id, with which text. */
export interface SignedMessage {
  readonly kind: MessageKind
  readonly audience: string
  readonly messageId: string
  /** All of the message that must stay as it was; sender and receiver must write it the same way. */
  readonly text: string
}

/** Makes and judges signatures that outlive any token: a message may wait for days before it is read. */
export function createMessageSignatures(credentials: Credentials): Pick<Identity, 'signMessage' | 'verifyMessage'> {
  const { name, signingKey, publicKeys, now } = credentials
  return {
    signMessage({ kind, audience, messageId, text }) {
      const claims = { ...claimsOf({ kind: 'service', name }), iss: name, aud: audience, jti: messageId, hash: fingerprintOf(text) }
      return new SignJWT({ ...claims, iat: Math.floor(now() / 1_000) })
        .setProtectedHeader({ alg: signingKey.algorithm, typ: typeOf(kind), kid: signingKey.kid })
        .sign(signingKey.key)
    },
    async verifyMessage(jws, { kind, audience, messageId, text }) {
      const form = { typ: typeOf(kind), audience, toleranceSeconds: 0, requiredClaims: ['iss', 'aud', 'sub', 'jti', 'hash'] }
      const token = await verifyToken(jws, form, { keys: publicKeys, now })
      if (token.claims.jti !== messageId) throw refuseToken('the signature belongs to another message')
      if (token.claims['hash'] !== fingerprintOf(text)) throw refuseToken(`the ${kind} was changed after it was signed`)
      const sender = believedPrincipal(token, credentials)
      if (sender.kind !== 'service') throw refuseToken('only a service sends messages')
      return sender
    },
  }
}

function typeOf(kind: MessageKind): string {
  return `ashlar-${kind}+jwt`
}
