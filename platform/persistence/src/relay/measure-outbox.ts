import type { Collecting, Metrics } from '@observability/telemetry'
import type { Queryable } from '../database.ts'

interface Waiting {
  readonly unpublished: number
  readonly oldestAgeSeconds: number
}

/**
 * Lets whoever asks for the metrics see what waits in the outbox, on every instance: one that leads and stands still would
 * not tell. Both gauges come of one statement, which counts up to 10,000 messages by the index of those not published.
 */
export function measureOutbox(metrics: Metrics, database: Queryable): Collecting {
  const read = together(async () => (await database.query<Waiting>(readWaiting))[0])
  const gauges = [
    metrics.collect('outbox_unpublished_messages', async () => gauge((await read())?.unpublished)),
    metrics.collect('outbox_oldest_unpublished_age_seconds', async () => gauge((await read())?.oldestAgeSeconds)),
  ]
  return { close: () => gauges.forEach((one) => one.close()) }
}

function gauge(value = 0): [{ labels: object; value: number }] {
  return [{ labels: {}, value }]
}

/** Lets those who ask at the same time share one answer. */
function together<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined
  return () => {
    running ??= read().finally(() => (running = undefined))
    return running
  }
}

const readWaiting = `
  select count(*)::int as unpublished,
    coalesce(extract(epoch from now() - min(greatest(created_at, available_at)) filter (where available_at <= now())), 0)::float8
      as "oldestAgeSeconds"
  from (select created_at, available_at from platform.outbox where published_at is null order by id limit 10000) as waiting`
