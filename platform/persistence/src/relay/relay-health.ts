import { performance } from 'node:perf_hooks'
import type { Queryable } from '../database.ts'

export interface RelayHealth {
  /** Nothing that is due has waited for 30 s or more. */
  readonly healthy: boolean
  readonly latencyMs: number
  readonly detail?: string
  /** Whether this instance sends; the others stand by. */
  readonly leads: boolean
  /** Messages that are due and not yet published, counted up to 10,000. */
  readonly pending: number
  /** How long the oldest of them has waited; 0 when there is none. */
  readonly oldestPendingMs: number
  /** Counted by this instance since it started. */
  readonly published: number
  /** Publications the broker had seen before. */
  readonly duplicates: number
}

const stuckAfterMs = 30_000

/** Looks at the outbox itself, so that a relay that stands still is seen by every instance. */
export async function readRelayHealth(
  database: Queryable,
  counts: Pick<RelayHealth, 'leads' | 'published' | 'duplicates'>,
): Promise<RelayHealth> {
  const startedAt = performance.now()
  try {
    const [row] = await database.query<{ pending: number; oldestPendingMs: number }>(readPending)
    const { pending = 0, oldestPendingMs = 0 } = row ?? {}
    const health = { ...counts, pending, oldestPendingMs, latencyMs: performance.now() - startedAt }
    if (oldestPendingMs < stuckAfterMs) return { ...health, healthy: true }
    const what = pending === 1 ? '1 message waits' : `${pending} messages wait, the oldest`
    return { ...health, healthy: false, detail: `${what} for ${Math.round(oldestPendingMs / 1_000)} s` }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ...counts, pending: 0, oldestPendingMs: 0, latencyMs: performance.now() - startedAt, healthy: false, detail }
  }
}

const readPending = `
  select count(*)::int as pending,
    coalesce(extract(epoch from now() - min(greatest(created_at, available_at))) * 1000, 0)::float8 as "oldestPendingMs"
  from (
    select created_at, available_at from platform.outbox where published_at is null and available_at <= now() order by id limit 10000
  ) as due`
