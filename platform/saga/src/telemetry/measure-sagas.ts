import type { Queryable } from '@ashlar/persistence'
import type { Collecting, LabelValue, Metrics } from '@observability/telemetry'

/**
 * Lets whoever asks for the metrics see how many sagas of these names are on their way or wait for a person, counted up to
 * 10,000 each, and how old the oldest is. Both statements read the index of living sagas and no table.
 */
export function measureSagas(metrics: Metrics, database: Queryable, names: readonly string[]): Collecting {
  const gauges = [
    metrics.collect('saga_instances', async () => {
      const rows = await database.query<{ saga: string; status: LabelValue<'status'>; count: number }>(countLiving, [names])
      return rows.map(({ saga, status, count }) => ({ labels: { saga, status }, value: count }))
    }),
    metrics.collect('saga_oldest_running_age_seconds', async () => {
      const rows = await database.query<{ saga: string; ageSeconds: number }>(findOldest, [names])
      return rows.map(({ saga, ageSeconds }) => ({ labels: { saga }, value: ageSeconds }))
    }),
  ]
  return { close: () => gauges.forEach((gauge) => gauge.close()) }
}

const living = `unnest($1::text[]) as known (saga) cross join unnest(array['running', 'compensating', 'needs_attention']) as standing (status)`

const countLiving = `
  select saga, status, (
    select count(*)::int from (
      select from platform.saga where name = known.saga and saga.status = standing.status and ended_at is null limit 10000
    ) as counted
  ) as count
  from ${living}`

const findOldest = `
  select saga, coalesce(extract(epoch from clock_timestamp() - min(started_at)), 0)::float8 as "ageSeconds"
  from (
    select saga, (
      select min(started_at) from platform.saga where name = known.saga and saga.status = standing.status and ended_at is null
    ) as started_at
    from ${living}
  ) as oldest
  group by saga`
