import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { chmod, chown, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ServerStartError } from '../server/errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { OtherUser } from './other-user.ts'
import { sharedCache } from './shared-cache.ts'

const run = promisify(execFile)

/** Where one PostgreSQL keeps everything: data, the superuser's password, its log. */
export interface PostgresFolder {
  readonly home: string
  readonly data: string
  readonly passwordFile: string
  readonly logFile: string
  /** Lies in our folder and names the data that belongs to it: without it the data, wherever it is, counts as foreign. */
  readonly claimFile: string
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
  }
}

/**
 * Makes the data folder unless it is there, complete, and the one our folder claims. One left half made by an
 * interrupted start is made again; so is one whose `.ashlar` was removed by hand, as its owner asked to start empty.
 */
export async function initialise(place: PostgresFolder, binaries: PostgresBinaries, user: OtherUser | undefined): Promise<void> {
  const marker = join(place.data, 'ashlar-complete')
  const made = await readFile(marker, 'utf8').catch(() => undefined)
  if (made !== undefined && made === (await readFile(place.claimFile, 'utf8').catch(() => undefined))) return

  await rm(place.home, { recursive: true, force: true })
  await mkdir(dirname(place.home), { recursive: true, mode: 0o755 })
  await mkdir(place.home, { mode: 0o700 })
  await writeFile(place.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (user !== undefined) {
    await chmod(dirname(place.home), 0o755)
    for (const path of [place.home, place.passwordFile]) await chown(path, user.uid, user.gid)
  }
  const rules = ['--auth=scram-sha-256', `--pwfile=${place.passwordFile}`, '--username=ashlar']
  // The built-in locale sorts the same on every machine.
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  try {
    await run(binaries.initdb, [`--pgdata=${place.data}`, ...rules, ...text], { cwd: place.home, ...user })
  } catch (cause) {
    throw new ServerStartError(`initdb could not make ${place.data}: ${(cause as { stderr?: string }).stderr ?? ''}`, { cause })
  }
  const claim = `PostgreSQL ${binaries.version} ${randomUUID()}\n`
  await writeFile(place.claimFile, claim)
  await writeFile(marker, claim)
}

/** Reads the superuser's password. */
export async function readPassword(place: PostgresFolder): Promise<string> {
  return (await readFile(place.passwordFile, 'utf8')).trim()
}

async function keyOf(folder: string): Promise<string> {
  const path = await realpath(folder).catch(() => resolve(folder))
  const name = basename(path) === '.ashlar' ? basename(dirname(path)) : basename(path)
  return `${name}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
}
