import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationFailedError } from './migration-errors.ts'
import type { MigrationFolder } from './migration-folder.ts'

/** Runs SQL text as it is, on one connection. */
export type RunSql = (text: string) => Promise<{ rows: object[] }>

/** The files of a set, in the order in which they are applied. */
export interface MigrationSet {
  readonly name: string
  readonly files: readonly MigrationFile[]
}

export interface MigrationFile {
  readonly version: number
  /** As the version table has it: `create-orders` of `0001.do.create-orders.sql`. */
  readonly name: string
  readonly file: string
  readonly sql: string
  /** Of the text with the line ends of Unix: the same whatever ends a checkout writes. */
  readonly checksum: string
}

const fileForm = /^(\d{4})\.do\.([a-z0-9]+(?:-[a-z0-9]+)*)\.sql$/
const setForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/** Reads the files of a folder. Throws `MigrationFailedError` when there are none, or one is not named as it must be. */
export async function readMigrationSet({ name, path }: MigrationFolder): Promise<MigrationSet> {
  if (!setForm.test(name)) throw new MigrationFailedError(`"${name}" cannot name a set of migrations: use lower case words with hyphens`)
  const found = await readdir(path).catch((cause: unknown) => {
    throw new MigrationFailedError(`the migrations of ${name} cannot be read from ${path}`, { cause })
  })
  const sorted = found.filter((file) => file.endsWith('.sql')).toSorted()
  if (sorted.length === 0) throw new MigrationFailedError(`there is no migration of ${name} in ${path}`)
  const files = await Promise.all(sorted.map((file) => readMigration({ set: name, path, file })))
  const twice = files.find(({ version }, at) => version === files[at + 1]?.version)
  if (twice !== undefined) throw new MigrationFailedError(`${twice.file} of ${name} has the number of another: give one of them the next`)
  return { name, files }
}

async function readMigration({ set, path, file }: { set: string; path: string; file: string }): Promise<MigrationFile> {
  const [, version, name] = fileForm.exec(file) ?? []
  if (version === undefined || name === undefined)
    throw new MigrationFailedError(`${file} of ${set} is misnamed: write it as 0001.do.create-orders.sql`)
  const sql = await readFile(join(path, file), 'utf8')
  const checksum = createHash('md5').update(sql.replaceAll(/\r\n?/g, '\n')).digest('hex')
  return { version: Number(version), name, file, sql, checksum }
}

/** Gives the table that holds a set's applied versions. */
export function versionTable(setName: string): string {
  return `platform.migrations_${setName.replaceAll('-', '_')}`
}
