import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { ServerStartError } from '../server/errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { OtherUser } from './other-user.ts'
import { claimData, readDataNames, type PostgresFolder } from './postgres-folder.ts'
import { makePassword } from './superuser-password.ts'

const run = promisify(execFile)

interface Means {
  readonly binaries: PostgresBinaries
  readonly user: OtherUser | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes the data folder unless it is there, complete, and the one our folder claims. One left half made by an
 * interrupted start is made again; so is one whose `.ashlar` was removed by hand, as its owner asked to start empty.
 */
export async function initialise(place: PostgresFolder, { binaries, user, signal }: Means): Promise<void> {
  const { made, claimed } = await readDataNames(place)
  if (made !== undefined && made === claimed) return

  signal?.throwIfAborted()
  await rm(place.home, { recursive: true, force: true })
  await mkdir(dirname(place.home), { recursive: true, mode: 0o755 })
  await mkdir(place.home, { mode: 0o700 })
  if (user !== undefined) {
    await chmod(dirname(place.home), 0o755)
    await chown(place.home, user.uid, user.gid)
  }
  await makePassword(place, user)
  const rules = ['--auth=scram-sha-256', `--pwfile=${place.passwordFile}`, '--username=ashlar']
  // The built-in locale sorts the same on every machine.
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const making = run(binaries.initdb, [`--pgdata=${place.data}`, ...rules, ...text], { cwd: place.home, ...user })
  // Killed, for asked politely it finishes writing first, and what it leaves is removed by the next start. Not through the
  // option `signal`, which does not wait until it, and what it runs, is gone: they would spoil the next one's work.
  const giveUp = (): void => void making.child.kill('SIGKILL')
  signal?.addEventListener('abort', giveUp)
  try {
    await making
  } catch (cause) {
    signal?.throwIfAborted()
    throw new ServerStartError(`initdb could not make ${place.data}: ${(cause as { stderr?: string }).stderr ?? ''}`, { cause })
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
  const name = `PostgreSQL ${binaries.version} ${randomUUID()}\n`
  await claimData(place, name)
  await writeFile(place.markerFile, name)
}
