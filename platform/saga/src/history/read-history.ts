import type { Queryable } from '@ashlar/persistence'
import type { SagaStatus } from '../core/saga.ts'
import { stepsIn, timesOf, type LogRow, type SagaHistory } from './saga-history.ts'

interface HeadRow {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly key: string
  readonly status: SagaStatus
  readonly reason: string | null
  readonly started_at: Date
  readonly ended_at: Date | null
}

const headColumns = `id, name, version, key, status, coalesce(stuck_reason, turned_because) as reason, started_at, ended_at`

/** Reads the history of the saga of this name that is about `key`. */
export async function readHistoryOf(queryable: Queryable, name: string, key: string): Promise<SagaHistory | undefined> {
  const text = `select ${headColumns} from platform.saga where name = $1 and key = $2`
  const [head] = await queryable.query<HeadRow>(text, [name, key])
  return head === undefined ? undefined : withSteps(queryable, head)
}

/** Reads the history of a saga by its id. */
export async function readHistory(queryable: Queryable, id: string): Promise<SagaHistory | undefined> {
  const [head] = await queryable.query<HeadRow>(`select ${headColumns} from platform.saga where id = $1`, [id])
  return head === undefined ? undefined : withSteps(queryable, head)
}

async function withSteps(queryable: Queryable, head: HeadRow): Promise<SagaHistory> {
  const text = `select at, kind, step, direction, code, detail, trace_id from platform.saga_log where saga_id = $1 order by seq`
  const log = await queryable.query<LogRow>(text, [head.id])
  const { id, name, version, key, status, reason } = head
  return {
    id,
    name,
    version,
    key,
    status,
    ...(reason === null ? {} : { reason }),
    ...timesOf(head.started_at, head.ended_at),
    steps: stepsIn(log),
  }
}
