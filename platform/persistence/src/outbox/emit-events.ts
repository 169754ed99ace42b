import { earlierData, EventDataInvalidError, type BoundEvent, type VersionedData } from '@ashlar/contract'
import { earlierEnvelope, eventEnvelope, headersOf, type Envelope } from '@ashlar/messaging'
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
 * contract: throws `EventInvalidError`. An event that was cut anew is told in its earlier versions too, as far back as its
 * contract says how. One round trip for any number of events.
 */
export async function emitEvents(tx: Transaction, { service, events, causationId }: EmitOptions): Promise<string[]> {
  if (events.length === 0) return []
  const rows = events.flatMap(({ event, data }) => rowsOf({ service, event, causationId }, data))
  const column = <Name extends keyof Row>(name: Name): Row[Name][] => rows.map((row) => row[name])
  const columns = (['aggregate', 'id', 'subject', 'headers', 'head', 'isCopy'] as const).map(column)
  await tx.query(insertEvents, columns)
  noteOutbox(tx)
  return rows.flatMap(({ id, isCopy }) => (isCopy ? [] : [id]))
}

interface Row {
  readonly aggregate: string
  readonly id: string
  readonly subject: string
  readonly headers: string
  /** The envelope as JSON, cut off before its last attribute: only the database knows the version. */
  readonly head: string
  /** It tells the fact of the row before it in an earlier version, at the same place in the aggregate's history. */
  readonly isCopy: boolean
}

function rowsOf(
  { service, event, causationId }: { service: string; event: BoundEvent; causationId: string | undefined },
  given: unknown,
): Row[] {
  const checked = event.data.safeParse(given)
  if (!checked.success) {
    const problems = checked.error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
    throw new EventInvalidError(`${event.type} may not be announced with this data: ${problems.join('; ')}`)
  }
  const { aggregateversion: _, ...envelope } = eventEnvelope({ service, event, data: checked.data, aggregateVersion: 1, causationId })
  const messages = [envelope]
  for (const copy of earlierVersions({ event, data: checked.data })) messages.push(earlierEnvelope(messages.at(-1) ?? envelope, copy))
  // two kinds of aggregate may have one id and still count apart
  return messages.map((message) => rowOf(message, `${envelope.source}/${event.aggregate}/${envelope.subject}`))
}

function rowOf(envelope: Envelope, aggregate: string): Row {
  const isCopy = envelope.copyof !== undefined
  return {
    aggregate,
    // the broker and the outbox take what has one id for one message
    id: isCopy ? `${envelope.id}.${envelope.type}` : envelope.id,
    subject: envelope.type,
    headers: JSON.stringify(headersOf(envelope)),
    head: `${JSON.stringify(envelope).slice(0, -1)},"aggregateversion":`,
    isCopy,
  }
}

function earlierVersions({ event, data }: EventToEmit): VersionedData[] {
  try {
    return earlierData(event, data)
  } catch (cause) {
    if (!(cause instanceof EventDataInvalidError)) throw cause
    throw new EventInvalidError(`${event.type} may not be announced: ${cause.message}`, { cause })
  }
}

// Aggregates are locked in the order of their names, so that two transactions do not wait for each other. Ids of the
// outbox are given after the lock: within an aggregate they follow its versions.
const insertEvents = `
  with given as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
      with ordinality as given (aggregate, message_id, subject, headers, head, is_copy, place)
  ), counted as (
    select aggregate, count(*) filter (where not is_copy) as events from given group by aggregate
  ), versions as (
    insert into platform.aggregate_versions as last (aggregate, version)
    select aggregate, events from counted order by aggregate
    on conflict (aggregate) do update set version = last.version + excluded.version
    returning aggregate, version
  )
  insert into platform.outbox (ordering_key, message_id, subject, headers, payload)
  select given.aggregate, message_id, subject, headers::json,
    head || (version - events + count(*) filter (where not is_copy) over (partition by given.aggregate order by place))::text || '}'
  from given join counted on counted.aggregate = given.aggregate join versions on versions.aggregate = given.aggregate
  order by place`
