import type { BoundEvent } from '@ashlar/contract'
import { eventEnvelope, eventSubject, headersOf } from '@ashlar/messaging'
import type { Transaction } from '../database.ts'
import { noteOutbox } from './enqueue.ts'

/** A service announced something its contract does not allow: a bug of the service. The data is not quoted. */
export class EventInvalidError extends Error {
  override readonly name = 'EventInvalidError'
}

export interface EventToEmit {
  readonly event: BoundEvent
  readonly data: unknown
}

interface EmitOptions {
  readonly service: string
  readonly events: readonly EventToEmit[]
  /** Id of the message that caused them. */
  readonly causationId?: string
}

/**
 * Announces facts in the transaction that makes them true and gives their message ids. Each gets the next version of its
 * aggregate (from 1, no gaps); writers of one aggregate take turns until they commit. Data is checked against the
 * contract: throws `EventInvalidError`. One round trip for any number of events.
 */
export async function emitEvents(tx: Transaction, { service, events, causationId }: EmitOptions): Promise<string[]> {
  if (events.length === 0) return []
  const rows = events.map(({ event, data }) => rowOf({ service, event, causationId }, data))
  const column = (name: keyof Row) => rows.map((row) => row[name])
  await tx.query(insertEvents, [column('aggregate'), column('id'), column('subject'), column('headers'), column('head')])
  noteOutbox(tx)
  return column('id')
}

interface Row {
  readonly aggregate: string
  readonly id: string
  readonly subject: string
  readonly headers: string
  /** The envelope as JSON, cut off before its last attribute: only the database knows the version. */
  readonly head: string
}

function rowOf(
  { service, event, causationId }: { service: string; event: BoundEvent; causationId: string | undefined },
  given: unknown,
): Row {
  const checked = event.data.safeParse(given)
  if (!checked.success) {
    const problems = checked.error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
    throw new EventInvalidError(`${event.type} may not be announced with this data: ${problems.join('; ')}`)
  }
  const { aggregateversion: _, ...envelope } = eventEnvelope({ service, event, data: checked.data, aggregateVersion: 1, causationId })
  return {
    // two kinds of aggregate may have one id and still count apart
    aggregate: `${envelope.source}/${event.aggregate}/${envelope.subject}`,
    id: envelope.id,
    subject: eventSubject(event),
    headers: JSON.stringify(headersOf(envelope)),
    head: `${JSON.stringify(envelope).slice(0, -1)},"aggregateversion":`,
  }
}

// Aggregates are locked in the order of their names, so that two transactions do not wait for each other. Ids of the
// outbox are given after the lock: within an aggregate they follow its versions.
const insertEvents = `
  with given as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
      with ordinality as given (aggregate, message_id, subject, headers, head, place)
  ), counted as (
    select aggregate, count(*) as events from given group by aggregate
  ), versions as (
    insert into platform.aggregate_versions as last (aggregate, version)
    select aggregate, events from counted order by aggregate
    on conflict (aggregate) do update set version = last.version + excluded.version
    returning aggregate, version
  )
  insert into platform.outbox (ordering_key, message_id, subject, headers, payload)
  select given.aggregate, message_id, subject, headers::json,
    head || (version - events + row_number() over (partition by given.aggregate order by place))::text || '}'
  from given join counted on counted.aggregate = given.aggregate join versions on versions.aggregate = given.aggregate
  order by place`
