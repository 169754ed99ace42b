import type { RelaySession } from './relay-session.ts'

/** A message as the relay reads it. */
export interface OutboxRow {
  readonly id: number
  readonly orderingKey: string
  readonly messageId: string
  readonly subject: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
  readonly attempts: number
  readonly reopened: number
  /** Since when it could be sent, in milliseconds of `performance.now()`. */
  readonly dueAt: number
}

/** What became of messages since it was last written down. */
export interface Settled {
  readonly acknowledged: readonly { readonly row: OutboxRow; readonly stream: string; readonly sequence: number }[]
  readonly failed: readonly { readonly row: OutboxRow; readonly retryAfterMs: number; readonly error: string }[]
}

/** Reads messages that are due, oldest first, apart from keys that are busy here or wait for another attempt. */
export async function readDue(session: RelaySession, busyKeys: readonly string[], limit: number): Promise<OutboxRow[]> {
  const rows = await session.query<Omit<OutboxRow, 'dueAt'> & { dueForMs: number }>(
    `select id, ordering_key as "orderingKey", message_id as "messageId", subject, headers, payload, attempts, reopened,
       extract(epoch from now() - greatest(created_at, available_at))::float8 * 1000 as "dueForMs"
     from platform.outbox as due
     where published_at is null and available_at <= now() and ordering_key <> all($1::text[])
       and not exists (
         select from platform.outbox as waiting
         where waiting.ordering_key = due.ordering_key and waiting.published_at is null and waiting.next_attempt_at > now()
       )
     order by id limit $2`,
    [busyKeys, limit],
  )
  const readAt = performance.now()
  return rows.map(({ dueForMs, ...row }) => ({ ...row, dueAt: readAt - dueForMs }))
}

/** Writes down what was acknowledged, with its place in the broker, and when the failed ones are tried again. */
export async function writeSettled(session: RelaySession, { acknowledged, failed }: Settled): Promise<void> {
  await Promise.all([
    acknowledged.length > 0 &&
      session.query(markPublished, [
        acknowledged.map(({ row }) => row.id),
        acknowledged.map(({ row }) => row.reopened),
        acknowledged.map(({ stream }) => stream),
        acknowledged.map(({ sequence }) => sequence),
      ]),
    failed.length > 0 &&
      session.query(markFailed, [
        failed.map(({ row }) => row.id),
        failed.map(({ retryAfterMs }) => retryAfterMs),
        failed.map(({ error }) => error),
      ]),
  ])
}

// An acknowledgement from before a message was opened again says nothing about the message that is to be sent now.
const markPublished = `
  with acknowledged as (
    select * from unnest($1::bigint[], $2::int[], $3::text[], $4::bigint[]) as given (id, reopened, stream, sequence)
  ), reached as (
    insert into platform.outbox_streams as known (stream, last_sequence)
    select stream, max(sequence) from acknowledged group by stream
    on conflict (stream) do update set last_sequence = greatest(known.last_sequence, excluded.last_sequence)
  )
  update platform.outbox as sent set published_at = clock_timestamp(), stream = acknowledged.stream,
    stream_sequence = acknowledged.sequence, next_attempt_at = null, last_error = null
  from acknowledged where sent.id = acknowledged.id and sent.reopened = acknowledged.reopened`

const markFailed = `
  update platform.outbox as row set attempts = row.attempts + 1, last_error = failed.error,
    next_attempt_at = clock_timestamp() + failed.retry_after_ms * interval '1 ms'
  from unnest($1::bigint[], $2::float8[], $3::text[]) as failed (id, retry_after_ms, error)
  where row.id = failed.id and row.published_at is null`
