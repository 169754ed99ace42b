import { MigrationFailedError } from './migration-errors.ts'
import { versionTable, type MigrationFile, type MigrationSet, type RunSql } from './migration-set.ts'

/**
 * Gives the files of a set that this database lacks, in order. Throws `MigrationFailedError` when an applied file was
 * changed since, or a new one sorts before an applied one. Versions newer than the files are left alone: during a
 * rolling deployment older code meets a newer database.
 */
export async function pendingMigrations(set: MigrationSet, run: RunSql): Promise<readonly MigrationFile[]> {
  const applied = await appliedChecksums(set, run)
  const newest = Math.max(0, ...applied.keys())
  for (const { version, file, checksum } of set.files) {
    const known = applied.get(version)
    if (known !== undefined && known !== checksum) {
      throw new MigrationFailedError(
        `${file} of ${set.name} was changed after it was applied: restore its text and put the change into a new file`,
      )
    }
    if (known === undefined && version < newest) {
      throw new MigrationFailedError(`${file} of ${set.name} comes before ${newest}, which is applied already: give it a number after that`)
    }
  }
  return set.files.filter(({ version }) => version > newest)
}

async function appliedChecksums(set: MigrationSet, run: RunSql): Promise<Map<number, string>> {
  const table = versionTable(set.name)
  const exists = await run(`select 1 from pg_catalog.pg_class where oid = to_regclass('${table}')`)
  if (exists.rows.length === 0) return new Map()
  const { rows } = await run(`select version::int as version, md5 from ${table} where version > 0`)
  return new Map((rows as { version: number; md5: string }[]).map(({ version, md5 }) => [version, md5]))
}
