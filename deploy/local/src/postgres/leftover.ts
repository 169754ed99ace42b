import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../is-alive.ts'
import { FolderInUseError } from '../server/errors.ts'
import { endOrphanWorkers } from './orphan-workers.ts'

/**
 * Heals what an earlier PostgreSQL left in its data folder: workers that outlived it, and a pid file whose number another
 * process has by now, at which PostgreSQL would refuse to start. Throws `FolderInUseError` while one is alive there, unless told to end it.
 */
export async function healLeftover(data: string, { endOrphan }: { endOrphan: boolean }): Promise<void> {
  const pidFile = join(data, 'postmaster.pid')
  const note = await readFile(pidFile, 'utf8').catch(() => undefined)
  if (note === undefined) return
  const pid = Number(note.split('\n')[0])
  if (!(pid > 0)) return healUnnumbered(data, { pidFile, endOrphan })
  if (!(await isPostgresOf(pid, data))) {
    await endOrphanWorkers(data)
    // That of a dead process stays: by it PostgreSQL sees for itself whether workers of the last one are still writing.
    return isAlive(pid) ? rm(pidFile, { force: true }) : undefined
  }
  if (!endOrphan) {
    throw new FolderInUseError(
      `A PostgreSQL (process ${pid}) is already running on ${data}. Stop the "npm run dev" it belongs to, or, if that is gone: kill -INT ${pid}`,
    )
  }
  process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < 5_000 && (await isPostgresOf(pid, data)); waited += 50) await sleep(50)
  if (!(await isPostgresOf(pid, data))) return
  process.kill(pid, 'SIGKILL')
  await endOrphanWorkers(data)
}

/** A server that was killed while it started has left its pid file without a number; none would ever start beside that. */
async function healUnnumbered(data: string, { pidFile, endOrphan }: { pidFile: string; endOrphan: boolean }): Promise<void> {
  // It may also be one that starts just now: only who holds the folder knows better.
  if (!endOrphan) return
  await endOrphanWorkers(data)
  await rm(pidFile, { force: true })
}

async function isPostgresOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  // A number is soon given to another process after a restart of the machine: where Linux shows it, look at the command.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return command === undefined ? process.platform !== 'linux' : command.includes(data)
}
