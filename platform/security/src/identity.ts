import { createInternalTokens } from './internal-tokens.ts'
import type { PublicKeys } from './key-set.ts'
import { createMessageSignatures, type SignedMessage } from './message-signatures.ts'
import type { Principal, Service } from './principal.ts'
import { ownerOf, type SigningKey } from './signing-key.ts'

/** Who this process is to the others, and how it knows who they are. */
export interface Identity {
  readonly name: string
  /** Gives a token for one other service, good for at least 20 s; it names this service unless it passes a principal on. */
  tokenFor(audience: string, principal?: Principal): Promise<string>
  /** Reads who sent a token. Throws `RequestRefusedError` (`unauthenticated`) unless it is meant for `audience`, in time and believed. */
  verify(token: string, options: { audience: string }): Promise<Principal>
  /** Signs a message as this service. The signature does not expire, and holds for this kind, receiver, id and text only. */
  signMessage(message: SignedMessage): Promise<string>
  /** Reads which service sent a message. Throws `RequestRefusedError` (`unauthenticated`) when kind, receiver, id or text is another. */
  verifyMessage(jws: string, message: SignedMessage): Promise<Service>
}

export interface IdentityOptions {
  readonly name: string
  readonly signingKey: SigningKey
  readonly publicKeys: PublicKeys
  /** The processes that may speak for a customer. */
  readonly customersVouchedBy?: readonly string[]
  /** Wall-clock milliseconds; `Date.now` unless said. */
  readonly now?: () => number
}

/** What tokens and signatures are made and judged with. */
export interface Credentials extends Required<Omit<IdentityOptions, 'customersVouchedBy'>> {
  /** Tells whether the owner of a key may say that it speaks for this principal. */
  isBelieved(signer: string, principal: Principal): boolean
}

/**
 * Makes the identity of one process from its own private key and everybody's public keys. A customer is believed only
 * from `customersVouchedBy`, a service only from itself. Throws when the signing key belongs to somebody else.
 */
export function createIdentity(options: IdentityOptions): Identity {
  const { name, signingKey, customersVouchedBy = ['gateway'] } = options
  if (ownerOf(signingKey.kid) !== name) throw new Error(`the signing key ${signingKey.kid} does not belong to ${name}`)
  const credentials: Credentials = {
    ...options,
    now: options.now ?? Date.now,
    isBelieved(signer, principal) {
      if (principal.kind === 'customer') return customersVouchedBy.includes(signer)
      return principal.kind === 'anonymous' || principal.name === signer
    },
  }
  return { name, ...createInternalTokens(credentials), ...createMessageSignatures(credentials) }
}
