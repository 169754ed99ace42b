import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from './is-alive.ts'
import { FolderInUseError } from './server/errors.ts'

/** The lock's file in its folder. */
export const lockName = 'lock'

const usualHolder = 'another "npm run dev" of this checkout'

/** A folder held for one process. */
export interface FolderLock extends AsyncDisposable {
  release(): Promise<void>
}

/**
 * Takes a folder for this process; a lock whose process is gone is taken over. Throws `FolderInUseError` while another
 * holds it; `holder` says what that one is.
 */
export async function lockFolder(folder: string, holder = usualHolder): Promise<FolderLock> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, lockName)
  while (!(await wrote(file))) {
    await requireUnlocked(folder, holder)
    await rm(file, { force: true })
  }
  const release = (): Promise<void> => rm(file, { force: true })
  return { release, [Symbol.asyncDispose]: release }
}

/** Looks, and takes nothing. Throws `FolderInUseError` while a living process holds the folder. */
export async function requireUnlocked(folder: string, holder = usualHolder): Promise<void> {
  const note = await readFile(join(folder, lockName), 'utf8').catch(() => '')
  if (!(await isHeld(note))) return
  const pid = Number.parseInt(note, 10)
  throw new FolderInUseError(`${folder} is in use by process ${pid}: ${holder}. Stop it first (Ctrl-C there, or: kill ${pid}).`, { pid })
}

async function wrote(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid} ${await startOf(process.pid)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isHeld(note: string): Promise<boolean> {
  const [pid, start] = note.trim().split(' ')
  if (pid === undefined || !(Number(pid) > 0) || !isAlive(Number(pid))) return false
  return (await startOf(Number(pid))) === start
}

// Linux tells when a process began (field 22 of its stat line), which tells it from a later one of the same number.
async function startOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  // Z: it ended, and only its parent has not asked how.
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? 'unknown')
}
