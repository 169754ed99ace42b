import { Client } from 'pg'
import { DatabaseUnavailableError } from '../database/persistence-errors.ts'

/** A connection on which nothing else runs; statements may take as long as they need. */
export async function openMigrationConnection(url: string): Promise<Client & AsyncDisposable> {
  const client = new Client({
    connectionString: url,
    application_name: 'migrations',
    connectionTimeoutMillis: 10_000,
    // Rather fail, and be run again, than hold up everybody who queues behind a lock that does not come.
    lock_timeout: 120_000,
    keepAlive: true,
  })
  // A lost connection shows in the statement that ran; between two statements it must not end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    throw new DatabaseUnavailableError('migrations could not connect', { cause })
  }
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

/** Runs work between BEGIN and COMMIT. */
export async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN')
  try {
    await work()
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
