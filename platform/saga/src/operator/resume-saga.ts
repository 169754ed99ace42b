import type { Queryable } from '@ashlar/persistence'
import { newTrace } from '@observability/telemetry'
import { findSaga } from './find-saga.ts'

/** Who carries a saga on, and what was done about its trouble; both go into its log. */
export interface Resumption {
  readonly by: string
  readonly note?: string
}

/** What became of the request; `resuming` too when somebody asked before. */
export type Resumed = { readonly outcome: 'resuming' | 'not_stuck'; readonly id: string } | { readonly outcome: 'not_found' }

/**
 * Asks for a saga that needs attention to be carried on: the next engine that comes by, within a second, sends the step
 * in hand again. An unanswered step keeps its key; a refused one gets a new generation, so that it is judged anew.
 */
export async function resumeSaga(queryable: Queryable, idOrPrefix: string, { by, note }: Resumption): Promise<Resumed> {
  const id = await findSaga(queryable, idOrPrefix)
  if (id === undefined) return { outcome: 'not_found' }
  const [asked] = await queryable.query<{ is_resuming: boolean }>(
    `with asked as (
       update platform.saga set resume_requested = true, next_wake_at = clock_timestamp(), log_length = log_length + 1
       where id = $1 and status = 'needs_attention' and not resume_requested
       returning id, log_length
     ), logged as (
       insert into platform.saga_log (saga_id, seq, kind, reason, trace_id) select id, log_length, 'resume_requested', $2, $3 from asked
     )
     select exists (select from asked) or resume_requested as is_resuming from platform.saga where id = $1`,
    [id, note === undefined ? by : `${by}: ${note}`, newTrace().traceId],
  )
  return { outcome: asked?.is_resuming === true ? 'resuming' : 'not_stuck', id }
}
