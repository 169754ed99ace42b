import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { advisoryLocks } from '../advisory-locks.ts'
import { inTransaction, openMigrationConnection } from './migration-connection.ts'
import { SeedFailedError } from './migration-errors.ts'

/**
 * Runs a file of SQL in one transaction, in turn with migrations and other seeds. It runs every time, so the file must
 * change nothing the second time (`on conflict do nothing`). Throws `SeedFailedError`.
 */
export async function runSeed({ url, file }: { url: string; file: string }): Promise<void> {
  await using client = await openMigrationConnection(url)
  try {
    const seed = await readFile(file, 'utf8')
    await inTransaction(client, async () => {
      await client.query('select pg_advisory_xact_lock($1, $2)', [...advisoryLocks.migrations])
      await client.query(seed)
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SeedFailedError(`${basename(file)} failed and was rolled back: ${reason}`, { cause })
  }
}
