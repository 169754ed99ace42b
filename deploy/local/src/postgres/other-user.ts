import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ServerUnavailableError } from '../server/errors.ts'

const run = promisify(execFile)

/** A user of this machine by its numbers. */
export interface OtherUser {
  readonly uid: number
  readonly gid: number
}

/**
 * Chooses who runs PostgreSQL, which refuses to run as root: `postgres` where it exists, else `nobody`.
 * `undefined` means ourselves, for whoever is not root.
 */
export async function userForPostgres(): Promise<OtherUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const uid = await numberOf('-u', name)
    const gid = await numberOf('-g', name)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new ServerUnavailableError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Run as an ordinary user, or add one: useradd --system postgres',
  )
}

async function numberOf(flag: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    const { stdout } = await run('id', [flag, name])
    return Number(stdout.trim())
  } catch {
    return undefined
  }
}
