import type { RelaySession } from './relay-session.ts'

const batch = 500

/**
 * Removes what has been kept long enough, a batch of each kind: messages published over 7 days ago (unpublished ones
 * never), inbox rows over 14 days old, expired idempotency keys. Tells whether there is more.
 */
export async function cleanUp(session: RelaySession): Promise<boolean> {
  const removed = await Promise.all(
    [purgeOutbox, purgeInbox, purgeIdempotency].map((sql) => session.query<{ removed: number }>(sql, [batch])),
  )
  return removed.some(([row]) => row?.removed === batch)
}

// Only the oldest rows are looked at: those still kept are never read through.
const purgeOutbox = `
  with oldest as (
    select id, published_at from platform.outbox where published_at is not null order by id limit $1
  ), gone as (
    delete from platform.outbox where id in (select id from oldest where published_at < now() - interval '7 days') returning 1
  )
  select count(*)::int as removed from gone`

const purgeInbox = `
  with gone as (
    delete from platform.inbox where ctid = any (array(
      select ctid from platform.inbox where received_at < now() - interval '14 days' limit $1
    )) returning 1
  )
  select count(*)::int as removed from gone`

const purgeIdempotency = `
  with gone as (
    delete from platform.idempotency where ctid = any (array(
      select ctid from platform.idempotency where expires_at < now() - interval '1 minute' limit $1
    )) returning 1
  )
  select count(*)::int as removed from gone`
