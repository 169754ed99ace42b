import type { ClientConfig } from 'pg'
import { columnTypes } from './column-types.ts'

/** How every long-lived connection of the platform is opened: it notices a dead peer, and no statement runs for ever. */
export function connectionOptions(url: string, name: string): ClientConfig {
  return {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    // Longer than the server's own limit: only a server that does not answer at all runs into it.
    query_timeout: 35_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Statements issued together go out together; each still succeeds or fails by itself.
    pipeline: true,
    types: columnTypes,
  }
}
