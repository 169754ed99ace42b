import type { RelaySession } from './relay-session.ts'

/**
 * What a stream lost: all of it (it was made anew), everything above a sequence, or an unknown range near a sequence
 * that it gave out twice.
 */
export type Lost =
  | { readonly kind: 'everything' }
  | { readonly kind: 'above'; readonly sequence: number }
  | { readonly kind: 'recent'; readonly sequence: number }

/**
 * Marks published messages as not published, in small steps, and gives their number. They keep their ids and get a new
 * transport id, so that the broker does not take them for repeats; consumers know them by their own ids.
 */
export async function reopen(session: RelaySession, stream: string, lost: Lost): Promise<number> {
  let messages = 0
  for (let after = 0; ;) {
    const [step] = await session.query<{ messages: number; lastId: number | null }>(reopenStep, [
      stream,
      lost.kind,
      'sequence' in lost ? lost.sequence : 0,
      after,
    ])
    if (step === undefined || step.lastId === null) return messages
    messages += step.messages
    after = step.lastId
  }
}

// "recent" opens more than was lost rather than less: a broker syncs its disk at least every few minutes.
const reopenStep = `
  with lost as (
    select id from platform.outbox
    where id > $4::bigint and stream = $1 and published_at is not null
      and case $2::text
        when 'everything' then true
        when 'above' then stream_sequence > $3::bigint
        else stream_sequence >= $3::bigint or published_at > now() - interval '15 minutes'
      end
    order by id limit 500
  ), opened as (
    update platform.outbox as row set published_at = null, stream = null, stream_sequence = null, attempts = 0,
      next_attempt_at = null, reopened = row.reopened + 1
    from lost where row.id = lost.id
    returning row.id
  )
  select count(*)::int as messages, max(id) as "lastId" from opened`
