import type { Queryable } from '@ashlar/persistence'
import type { SagaStatus } from '../core/saga.ts'
import { timesOf } from '../history/saga-history.ts'
import type { Direction } from '../step-key.ts'

/** A saga in one line. Times are ISO 8601, UTC. */
export interface SagaLine {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly key: string
  readonly status: SagaStatus
  /** What was sent last: where it stands, or ended. */
  readonly step?: string
  readonly direction?: Direction
  readonly reason?: string
  readonly startedAt: string
  readonly endedAt?: string
  readonly durationMs?: number
  /** Transitions in a row that threw, with the class of the last error. */
  readonly failures?: number
  readonly lastError?: string
}

interface LineRow {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly key: string
  readonly status: SagaStatus
  readonly step: string | null
  readonly direction: Direction | null
  readonly reason: string | null
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly failures: number
  readonly last_error: string | null
}

/** Lists the newest sagas first, 200 at most; those of one status where it is given. */
export async function listSagas(queryable: Queryable, { status }: { status?: SagaStatus | undefined } = {}): Promise<SagaLine[]> {
  const rows = await queryable.query<LineRow>(
    `select saga.id, name, version, key, status, last.step, last.direction, coalesce(stuck_reason, turned_because) as reason,
       started_at, ended_at, failures, last_error
     from platform.saga left join lateral (
       select step, direction from platform.saga_log where saga_id = saga.id and kind = 'sent' order by seq desc limit 1
     ) last on true
     where $1::text is null or status = $1 order by started_at desc limit 200`,
    [status ?? null],
  )
  return rows.map(asLine)
}

function asLine({ id, name, version, key, status, ...row }: LineRow): SagaLine {
  return {
    id,
    name,
    version,
    key,
    status,
    ...(row.step === null ? {} : { step: row.step }),
    ...(row.direction === null ? {} : { direction: row.direction }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...timesOf(row.started_at, row.ended_at),
    ...(row.failures === 0 ? {} : { failures: row.failures, lastError: row.last_error ?? '' }),
  }
}
