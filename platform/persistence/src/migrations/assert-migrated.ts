import { openMigrationConnection } from './migration-connection.ts'
import { NotMigratedError } from './migration-errors.ts'
import type { MigrationFolder } from './migration-folder.ts'
import { readMigrationSet } from './migration-set.ts'
import { pendingMigrations } from './pending-migrations.ts'

/** Throws `NotMigratedError`, naming every file a database lacks, or `MigrationFailedError` when an applied file was changed. Applies nothing. */
export async function assertMigrated({ url, folders }: { url: string; folders: readonly MigrationFolder[] }): Promise<void> {
  await using client = await openMigrationConnection(url)
  const missing: string[] = []
  for (const folder of folders) {
    const set = await readMigrationSet(folder)
    const pending = await pendingMigrations(set, (text) => client.query(text))
    missing.push(...pending.map(({ file }) => `${folder.name}/${file}`))
  }
  if (missing.length > 0) throw new NotMigratedError(missing)
}
