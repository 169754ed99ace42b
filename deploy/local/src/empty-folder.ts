import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lockName } from './folder-lock.ts'
import { removePostgresFolder } from './postgres/remove-postgres-folder.ts'

// The stack that sees the system has a lock and a life of its own.
const staying = [lockName, 'stack']

/** Removes everything kept in a folder and, wherever it is, PostgreSQL's data for it; the lock and the stack's folder stay. No server may run on it. */
export async function emptyFolder(folder: string): Promise<void> {
  await removePostgresFolder(folder)
  const kept = await readdir(folder)
  await Promise.all(kept.filter((name) => !staying.includes(name)).map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
