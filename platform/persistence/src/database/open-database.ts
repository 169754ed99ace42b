import type { Logger, Telemetry } from '@observability/telemetry'
import { Pool } from 'pg'
import type { Database } from '../database.ts'
import { connectionOptions } from './connection-options.ts'
import { measurePool } from './measure-pool.ts'
import { PooledDatabase } from './pooled-database.ts'

export interface DatabaseOptions {
  readonly url: string
  /** Shown to whoever looks at the server's sessions; the service's name. */
  readonly name: string
  /** How many connections at most; 5 unless said. */
  readonly poolSize?: number
  readonly logger?: Logger
  /** Of the service it belongs to; whoever only looks in, as a tool does, has none. */
  readonly telemetry?: Telemetry
}

/**
 * Opens a service's own database; nothing is connected before the first statement. Statements end after 30 s, idle
 * transactions too. A lost connection is logged and replaced, so the database may be restarted at any time: what ran then
 * throws `DatabaseUnavailableError`, or `CommitUnknownError` when COMMIT was already on its way. Each transaction of a traced
 * call is a span of it; the pool is measured in the metrics of `telemetry`.
 */
export function openDatabase({ url, name, poolSize = 5, logger, telemetry }: DatabaseOptions): Database & AsyncDisposable {
  const pool = new Pool({ ...connectionOptions(url, name), max: poolSize, idleTimeoutMillis: 10_000 })
  // Both for idle connections and for those in a transaction that waits for something else: unheard errors end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', (error) => logger?.warn({ err: error }, 'a database connection was lost')))
  const measured = telemetry === undefined ? undefined : measurePool(telemetry.metrics, pool)
  return new PooledDatabase(pool, { namespace: namespaceOf(url), logger, measured })
}

/** Of the address only the database's name may be seen: the rest holds a password. */
function namespaceOf(url: string): string {
  return URL.canParse(url) ? decodeURIComponent(new URL(url).pathname.slice(1)) : ''
}
