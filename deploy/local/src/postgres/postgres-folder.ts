import { createHash } from 'node:crypto'
import { readFile, realpath, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { OtherUser } from './other-user.ts'
import { sharedCache } from './shared-cache.ts'

/** Where one PostgreSQL keeps everything: data, the superuser's password, its log. */
export interface PostgresFolder {
  readonly home: string
  readonly data: string
  readonly passwordFile: string
  readonly logFile: string
  /** Lies in our folder and names the data that belongs to it: without it the data, wherever it is, counts as foreign. */
  readonly claimFile: string
  /** Lies in the data and says the same, once it is complete. */
  readonly markerFile: string
}

/**
 * Gives the place of PostgreSQL's files for a folder of ours: inside it; or, where another user runs the server, in a
 * cache that this user can enter, under a name made from the folder's path.
 */
export async function postgresFolderOf(folder: string, user: OtherUser | undefined): Promise<PostgresFolder> {
  const home = user === undefined ? join(folder, 'postgres') : join(await sharedCache(), 'data', await keyOf(folder))
  return {
    home,
    data: join(home, 'data'),
    passwordFile: join(home, 'password'),
    logFile: join(home, 'postgres.log'),
    claimFile: join(folder, 'postgres-data'),
    markerFile: join(home, 'data', 'ashlar-complete'),
  }
}

/** The name of PostgreSQL's data, different for any two: as it says itself, and as our folder claims it; absent where nothing does. */
export interface DataNames {
  readonly made: string | undefined
  readonly claimed: string | undefined
}

/** Reads what the data is called. It is complete, and ours, when both say the same. */
export async function readDataNames({ markerFile, claimFile }: PostgresFolder): Promise<DataNames> {
  const [made, claimed] = await Promise.all([markerFile, claimFile].map((file) => readFile(file, 'utf8').catch(() => undefined)))
  return { made, claimed }
}

/** Claims data for our folder. */
export async function claimData({ claimFile }: PostgresFolder, name: string): Promise<void> {
  await writeFile(claimFile, name)
}

async function keyOf(folder: string): Promise<string> {
  const path = await realpath(folder).catch(() => resolve(folder))
  const name = basename(path) === '.ashlar' ? basename(dirname(path)) : basename(path)
  return `${name}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
}
