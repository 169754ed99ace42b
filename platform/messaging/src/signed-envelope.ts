import { RequestRefusedError } from '@ashlar/contract'
import type { Identity, MessageKind, Service } from '@ashlar/security'
import type { Envelope } from './envelope.ts'
import { SignatureRefusedError } from './errors.ts'

/** How a message is signed: as what, for which service, by whom. */
export interface Signing {
  readonly kind: MessageKind
  readonly audience: string
  readonly identity: Pick<Identity, 'signMessage'>
}

/** How a message is judged: as what, and by whom. */
export interface Judging {
  readonly kind: MessageKind
  readonly identity: Pick<Identity, 'name' | 'verifyMessage'>
}

/** Gives the envelope with its sender's signature over everything in it that decides. */
export async function signEnvelope<Data>(envelope: Envelope<Data>, { kind, audience, identity }: Signing): Promise<Envelope<Data>> {
  const principal = await identity.signMessage({ kind, audience, messageId: envelope.id, text: signedText(envelope) })
  return { ...envelope, principal }
}

/**
 * Tells which service sent an envelope to this one. Throws `SignatureRefusedError` unless it is signed by the service it
 * names, as this kind of message, for this receiver, and is as it was signed; `KeysUnavailableError` while there are no keys.
 */
export async function verifyEnvelope(envelope: Envelope, { kind, identity }: Judging): Promise<Service> {
  const { id, principal, source } = envelope
  if (principal === undefined) throw new SignatureRefusedError(`${kind} ${id} is not signed`)
  const sender = await judge(principal, { kind, envelope, identity })
  // messages are known by source and id: under another source the same message would count as a new one
  if (source === `/${sender.name}`) return sender
  throw new SignatureRefusedError(`${kind} ${id} of ${source} is not signed by the service it names: ${sender.name} signed it`)
}

async function judge(jws: string, { kind, envelope, identity }: Judging & { envelope: Envelope }): Promise<Service> {
  try {
    return await identity.verifyMessage(jws, { kind, audience: identity.name, messageId: envelope.id, text: signedText(envelope) })
  } catch (cause) {
    if (cause instanceof RequestRefusedError)
      throw new SignatureRefusedError(`${kind} ${envelope.id} is not believed: ${cause.message}`, { cause })
    throw cause
  }
}

/**
 * Gives the text a signature covers, as JSON: the deed as well as its data, or a command to give something back could be
 * sent again as one to take it; the command that is answered as well as the answer, or the answer to one could be given to
 * another. Sender and receiver write it alike, before and after the journey, since all of it is plain JSON.
 */
function signedText({ source, type, subject, stepkey, replyto, causationid, data }: Envelope): string {
  return JSON.stringify([source, type, subject, stepkey ?? null, replyto ?? null, causationid ?? null, data])
}
