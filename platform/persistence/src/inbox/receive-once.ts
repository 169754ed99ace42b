import type { Queryable, Transaction } from '../database.ts'

/** A message as a consumer knows it: CloudEvents source and id, never a transport id. */
export interface ReceivedMessage {
  readonly consumer: string
  readonly source: string
  readonly id: string
}

/**
 * Notes a message in the transaction that applies it; false when this consumer has applied it before. A concurrent
 * delivery of the same message waits here until the first has committed or rolled back. Rows are kept for 14 days.
 */
export async function receiveOnce(tx: Transaction, { consumer, source, id }: ReceivedMessage): Promise<boolean> {
  const rows = await tx.query(
    'insert into platform.inbox (consumer, source, message_id) values ($1, $2, $3) on conflict do nothing returning 1 as noted',
    [consumer, source, id],
  )
  return rows.length === 1
}

/** Tells whether a consumer has applied a message; only `receiveOnce` decides, this spares work before it. */
export async function wasReceived(queryable: Queryable, { consumer, source, id }: ReceivedMessage): Promise<boolean> {
  const rows = await queryable.query('select 1 as noted from platform.inbox where consumer = $1 and source = $2 and message_id = $3', [
    consumer,
    source,
    id,
  ])
  return rows.length === 1
}
