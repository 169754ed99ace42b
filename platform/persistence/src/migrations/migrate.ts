import type { Logger } from '@observability/telemetry'
import type { Client } from 'pg'
import { advisoryLocks } from '../advisory-locks.ts'
import { inTransaction, openMigrationConnection } from './migration-connection.ts'
import { MigrationFailedError } from './migration-errors.ts'
import type { AppliedMigration, MigrationFolder } from './migration-folder.ts'
import { readMigrationSet, versionTable, type MigrationFile } from './migration-set.ts'
import { pendingMigrations } from './pending-migrations.ts'

export interface MigrateOptions {
  readonly url: string
  /** Applied in this order: sets that others build on come first. */
  readonly folders: readonly MigrationFolder[]
  readonly logger?: Logger
}

/**
 * Brings a database up to date and gives what was applied, which is nothing the second time. Each file runs in a
 * transaction of its own, with its row in the set's version table. Processes that migrate at once take turns. Throws
 * `MigrationFailedError` naming the file; what came before it stays applied.
 */
export async function migrate({ url, folders, logger }: MigrateOptions): Promise<AppliedMigration[]> {
  await using client = await openMigrationConnection(url)
  // Freed with the connection, however the process ends.
  await client.query('select pg_advisory_lock($1, $2)', [...advisoryLocks.migrations])
  await client.query('create schema if not exists platform')
  const applied: AppliedMigration[] = []
  for (const folder of folders) {
    const set = await readMigrationSet(folder)
    for (const file of await pendingMigrations(set, (text) => client.query(text))) {
      await apply(client, set.name, file)
      logger?.info({ set: set.name, file: file.file }, 'migration applied')
      applied.push({ set: set.name, file: file.file })
    }
  }
  return applied
}

function createVersionTable(setName: string): string {
  return `create table if not exists ${versionTable(setName)} (version bigint primary key, name text, md5 text, run_at timestamptz)`
}

async function apply(client: Client, setName: string, { version, name, file, sql, checksum }: MigrationFile): Promise<void> {
  const known = `insert into ${versionTable(setName)} (version, name, md5, run_at) values ($1, $2, $3, now())`
  try {
    await inTransaction(client, async () => {
      await client.query(createVersionTable(setName))
      await client.query(sql)
      await client.query(known, [version, name, checksum])
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new MigrationFailedError(`${file} of ${setName} failed and was rolled back: ${reason}`, { cause })
  }
}
