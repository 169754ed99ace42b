import type { AnyAnswer } from '@ashlar/contract'
import { headersOf, replyEnvelope, signEnvelope, type Envelope } from '@ashlar/messaging'
import type { Identity } from '@ashlar/security'
import type { Transaction } from '../database.ts'
import { enqueue } from './enqueue.ts'

export interface ReplyOptions {
  /** Who answers: the reply is signed with its key. */
  readonly identity: Pick<Identity, 'name' | 'signMessage'>
  /** The command that is answered, whose signature was checked: the reply is for the service it names as its source. */
  readonly command: Envelope
  readonly answer: AnyAnswer
}

/** Answers a command in the transaction that carried it out and gives the reply's message id; nothing for a command that wants no answer. */
export async function sendReply(tx: Transaction, { identity, command, answer }: ReplyOptions): Promise<string | undefined> {
  if (command.replyto === undefined) return undefined
  const unsigned = replyEnvelope({ service: identity.name, command, answer })
  const envelope = await signEnvelope(unsigned, { kind: 'reply', audience: command.source.slice('/'.length), identity })
  const message = { id: envelope.id, subject: envelope.type, headers: headersOf(envelope), payload: JSON.stringify(envelope) }
  return await enqueue(tx, { ...message, orderingKey: `reply/${command.replyto}/${command.subject}` })
}
