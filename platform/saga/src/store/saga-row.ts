import type { Queryable, Transaction } from '@ashlar/persistence'
import type { Saga, SagaStatus, Stuck } from '../core/saga.ts'
import type { Direction } from '../step-key.ts'

/** A saga as it is stored, with what the engine needs to move it. */
export interface StoredSaga {
  readonly saga: Saga
  readonly name: string
  readonly version: number
  readonly key: string
  readonly shape: string
  readonly logLength: number
  readonly requestId: string
  readonly traceparent: string
  readonly isResumeRequested: boolean
  readonly failures: number
  /** When the step in hand was first sent under its key, in milliseconds since 1970 by this process's clock. */
  readonly sentAtMs: number
}

/** The columns of `platform.saga` that a transition reads. */
export interface SagaRow {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly key: string
  readonly shape: string
  readonly state: unknown
  readonly status: SagaStatus
  readonly step: number
  readonly no_return_at: number
  readonly direction: Direction
  readonly generation: number
  readonly attempt: number
  readonly round_from: number
  readonly turned_because: string | null
  readonly abort_reason: string | null
  readonly stuck_because: Stuck['because'] | null
  readonly stuck_reason: string | null
  readonly resume_requested: boolean
  readonly failures: number
  readonly log_length: number
  readonly request_id: string
  readonly traceparent: string
  readonly sent_for_ms: number | null
}

const columns = `id, name, version, key, shape, state, status, step, no_return_at, direction, generation, attempt, round_from,
  turned_because, abort_reason, stuck_because, stuck_reason, resume_requested, failures, log_length, request_id, traceparent, (
    select extract(epoch from clock_timestamp() - at)::float8 * 1000 from platform.saga_log
    where saga_id = saga.id and kind = 'sent' and attempt = 1 order by seq desc limit 1
  ) as sent_for_ms`

/** Locks a saga until the transaction ends: transitions of one saga happen one after the other. */
export async function lockSaga(tx: Transaction, id: string): Promise<StoredSaga | undefined> {
  return first(tx, `select ${columns} from platform.saga where id = $1 for update`, [id])
}

/** Locks the saga of this name that is about `key`. */
export async function lockSagaOf(tx: Transaction, name: string, key: string): Promise<StoredSaga | undefined> {
  return first(tx, `select ${columns} from platform.saga where name = $1 and key = $2 for update`, [name, key])
}

/** Locks the saga that is due the longest, of those with one of the given shapes that nobody else has in hand. */
export async function lockDueSaga(tx: Transaction, shapes: readonly string[]): Promise<StoredSaga | undefined> {
  const text = `select ${columns} from platform.saga where next_wake_at <= now() and shape = any($1::text[])
    order by next_wake_at limit 1 for update skip locked`
  return first(tx, text, [shapes])
}

/** Gives how many milliseconds remain until a saga of one of these shapes is due, by the database's clock; `undefined` when none has a timer. */
export async function msUntilDue(queryable: Queryable, shapes: readonly string[]): Promise<number | undefined> {
  const text = `select extract(epoch from next_wake_at - now())::float8 * 1000 as ms from platform.saga
    where next_wake_at is not null and shape = any($1::text[]) order by next_wake_at limit 1`
  return (await queryable.query<{ ms: number }>(text, [shapes]))[0]?.ms
}

async function first(tx: Transaction, text: string, values: readonly unknown[]): Promise<StoredSaga | undefined> {
  const askedAtMs = Date.now()
  const [row] = await tx.query<SagaRow>(text, values)
  if (row === undefined) return undefined
  return {
    saga: sagaIn(row),
    name: row.name,
    version: row.version,
    key: row.key,
    shape: row.shape,
    logLength: row.log_length,
    requestId: row.request_id,
    traceparent: row.traceparent,
    isResumeRequested: row.resume_requested,
    failures: row.failures,
    // the database's clock says how long ago, since ours may differ
    sentAtMs: askedAtMs - (row.sent_for_ms ?? 0),
  }
}

function sagaIn(row: SagaRow): Saga {
  return {
    id: row.id,
    state: row.state,
    status: row.status,
    step: row.step,
    noReturnAt: row.no_return_at,
    direction: row.direction,
    generation: row.generation,
    attempt: row.attempt,
    roundFrom: row.round_from,
    turnedBecause: row.turned_because ?? undefined,
    abortReason: row.abort_reason ?? undefined,
    stuck: row.stuck_because === null ? undefined : { because: row.stuck_because, reason: row.stuck_reason ?? '' },
  }
}
