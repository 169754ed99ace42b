import type { AnyAnswer } from '@ashlar/contract'
import { headersOf, replyEnvelope, type Envelope } from '@ashlar/messaging'
import type { Transaction } from '../database.ts'
import { enqueue } from './enqueue.ts'

export interface ReplyOptions {
  readonly service: string
  /** The command that is answered. */
  readonly command: Envelope
  readonly answer: AnyAnswer
}

/** Answers a command in the transaction that carried it out and gives the reply's message id; nothing for a command that wants no answer. */
export async function sendReply(tx: Transaction, { service, command, answer }: ReplyOptions): Promise<string | undefined> {
  if (command.replyto === undefined) return undefined
  const envelope = replyEnvelope({ service, command, answer })
  const message = { id: envelope.id, subject: envelope.type, headers: headersOf(envelope), payload: JSON.stringify(envelope) }
  return await enqueue(tx, { ...message, orderingKey: `reply/${command.replyto}/${command.subject}` })
}
