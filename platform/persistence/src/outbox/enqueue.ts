import type { Transaction } from '../database.ts'
import { PooledTransaction } from '../database/pooled-transaction.ts'
import type { OutboxMessage } from '../outbox-message.ts'

export interface EnqueueOptions {
  /** Not to be sent before then; until it is due it holds no other message of its key. At once unless said. */
  readonly availableAt?: Date | undefined
}

/** Writes a message to the outbox: it is sent, at least once, if and only if the transaction commits. Gives its id. */
export async function enqueue(tx: Transaction, message: OutboxMessage, { availableAt }: EnqueueOptions = {}): Promise<string> {
  await tx.query(
    `insert into platform.outbox (ordering_key, message_id, subject, headers, payload, available_at)
     values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, now()))`,
    [message.orderingKey, message.id, message.subject, JSON.stringify(message.headers), message.payload, availableAt ?? null],
  )
  noteOutbox(tx)
  return message.id
}

/** Has the relay of this process woken by this transaction's commit; a transaction of another make is found by polling. */
export function noteOutbox(tx: Transaction): void {
  if (tx instanceof PooledTransaction) tx.wroteOutbox = true
}
