import { fileURLToPath } from 'node:url'
import { migrate, openDatabase, platformMigrations, type Database } from '@ashlar/persistence'
import { sagaMigrations } from '@ashlar/saga'

/** Brings an empty database up to date for a service (the platform's tables and its own) and opens it. Close it when the tests are done. */
export async function serviceDatabase(url: string, { name, migrations }: { name: string; migrations: URL }): Promise<Database> {
  await migrate({ url, folders: [platformMigrations(), sagaMigrations(), { name, path: fileURLToPath(migrations) }] })
  return openDatabase({ url, name })
}
