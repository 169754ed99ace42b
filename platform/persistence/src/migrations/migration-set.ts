import { basename } from 'node:path'
import Postgrator from 'postgrator'
import { MigrationFailedError } from './migration-errors.ts'
import type { MigrationFolder } from './migration-folder.ts'

/** Runs SQL text as it is, on one connection. */
export type RunSql = (text: string) => Promise<{ rows: object[] }>

/** The files of a set and what is known of them in one database. */
export interface MigrationSet {
  readonly name: string
  readonly postgrator: Postgrator
  readonly files: readonly MigrationFile[]
}

export interface MigrationFile {
  readonly version: number
  readonly file: string
  readonly checksum: string
}

const fileForm = /^\d{4}\.do\.[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/
const setForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/** Reads the files of a folder. Throws `MigrationFailedError` when there are none, or one is not named as it must be. */
export async function readMigrationSet(folder: MigrationFolder, run: RunSql): Promise<MigrationSet> {
  if (!setForm.test(folder.name))
    throw new MigrationFailedError(`"${folder.name}" cannot name a set of migrations: use lower case words with hyphens`)
  const postgrator = new Postgrator({
    driver: 'pg',
    schemaTable: versionTable(folder.name),
    // Brackets and stars of the folder's own path are no wildcards.
    migrationPattern: `${folder.path.replaceAll(/[*?[\]{}()!]/g, '\\$&')}/*.sql`,
    // The same checksum whatever line ends a checkout writes.
    newline: 'LF',
    execQuery: run,
  })
  const found = await postgrator.getMigrations().catch((cause: unknown) => {
    throw new MigrationFailedError(
      `the migrations of ${folder.name} cannot be read: two of them have the same number, or the folder is not readable`,
      { cause },
    )
  })
  const files = found.map(({ version, md5, filename }) => ({ version, file: basename(filename), checksum: md5 }))
  if (files.length === 0) throw new MigrationFailedError(`there is no migration of ${folder.name} in ${folder.path}`)
  const misnamed = files.find(({ file }) => !fileForm.test(file))
  if (misnamed !== undefined)
    throw new MigrationFailedError(`${misnamed.file} of ${folder.name} is misnamed: write it as 0001.do.create-orders.sql`)
  return { name: folder.name, postgrator, files: files.toSorted((a, b) => a.version - b.version) }
}

/** Gives the table that holds a set's applied versions. */
export function versionTable(setName: string): string {
  return `platform.migrations_${setName.replaceAll('-', '_')}`
}
