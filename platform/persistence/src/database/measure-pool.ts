import type { Collecting, Metrics } from '@observability/telemetry'
import type { Pool } from 'pg'

/** Lets whoever asks for the metrics see how many connections there are, and how many wait for one. */
export function measurePool(metrics: Metrics, pool: Pool): Collecting {
  const gauges = [
    metrics.collect('db_client_connection_count', () => [
      { labels: { state: 'idle' }, value: pool.idleCount },
      { labels: { state: 'used' }, value: pool.totalCount - pool.idleCount },
    ]),
    metrics.collect('db_client_connection_pending_requests', () => [{ labels: {}, value: pool.waitingCount }]),
  ]
  return { close: () => gauges.forEach((one) => one.close()) }
}
