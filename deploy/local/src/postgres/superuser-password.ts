import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { StateDamagedError } from '../server/errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { OtherUser } from './other-user.ts'
import type { PostgresFolder } from './postgres-folder.ts'

const run = promisify(execFile)

/** Makes a password for the superuser and keeps it, for this user and the server's own. */
export async function makePassword({ passwordFile }: PostgresFolder, user: OtherUser | undefined): Promise<void> {
  await keep(passwordFile, randomBytes(24).toString('base64url'), user)
}

/**
 * Gives the superuser's password. Where its file is lost or empty, a new one is made and told to the server, which must
 * not be running: nothing but this folder knows it.
 */
export async function superuserPassword(place: PostgresFolder, binaries: PostgresBinaries, user: OtherUser | undefined): Promise<string> {
  const kept = (await readFile(place.passwordFile, 'utf8').catch(() => '')).trim()
  if (kept !== '') return kept
  const password = randomBytes(24).toString('base64url')
  // Told before it is kept: should we end between the two, there is still no file, and the next start does it all again.
  await tell(place, { sql: `ALTER ROLE ashlar PASSWORD '${password}'\n`, binaries, user })
  await keep(place.passwordFile, password, user)
  return password
}

/** Says what to do when the server does not accept the password of its file. */
export function passwordRefused({ passwordFile }: PostgresFolder, cause: unknown): StateDamagedError {
  return new StateDamagedError(
    `PostgreSQL does not accept the password in ${passwordFile}: the file is damaged.\nRemove that file and start again: a new password is made, and no data is lost.`,
    { cause },
  )
}

async function keep(file: string, password: string, user: OtherUser | undefined): Promise<void> {
  await writeFile(file, password, { mode: 0o600 })
  if (user !== undefined) await chown(file, user.uid, user.gid)
}

interface Order {
  readonly sql: string
  readonly binaries: PostgresBinaries
  readonly user: OtherUser | undefined
}

/** Runs PostgreSQL on its data for one statement, without a port and without asking for a password. */
async function tell(place: PostgresFolder, { sql, binaries, user }: Order): Promise<void> {
  const running = run(binaries.postgres, ['--single', '-D', place.data, 'postgres'], { cwd: place.home, ...user })
  running.child.stdin?.end(sql)
  const said = await running.then(
    ({ stderr }) => stderr,
    (cause: { stderr?: string }) => `FATAL: ${cause.stderr ?? ''}`,
  )
  // A statement that fails does not fail the program; what it says never repeats the statement, and with it the password.
  if (!/ERROR:|FATAL:|PANIC:/.test(said)) return
  throw new StateDamagedError(
    `${place.passwordFile} is lost, and PostgreSQL could not be given another password: its data in ${place.data} is damaged too.\nTo start with empty databases: npm run dev -- --fresh`,
  )
}
