import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalServer } from './server/local-server.ts'
import { writeWhole } from './system/write-whole.ts'

const noteName = 'servers.json'
const patienceMs = 3_000

interface Note {
  readonly pid: number
  /** What the process's command line holds when it is still the same program. */
  readonly command: string
}

/** Writes down which processes run for a folder, for a later start that finds them without their supervisor. */
export async function noteServers(folder: string, servers: readonly LocalServer[]): Promise<void> {
  const notes: Note[] = []
  for (const { pid } of servers) {
    if (pid !== undefined) notes.push({ pid, command: await commandOf(pid) })
  }
  await writeWhole(join(folder, noteName), JSON.stringify(notes), { mode: 0o600 })
}

/** Takes the note back once the servers are stopped. */
export async function forgetServers(folder: string): Promise<void> {
  await rm(join(folder, noteName), { force: true })
}

/** Ends the servers that an earlier process, now gone, left running for a folder; only for who holds the folder's lock. */
export async function endOrphans(folder: string): Promise<void> {
  await Promise.all(notesIn(await readFile(join(folder, noteName), 'utf8').catch(() => '[]')).map(endOrphan))
  await forgetServers(folder)
}

// A damaged note is none: a server that it would have named shows itself by its port.
function notesIn(text: string): Note[] {
  try {
    const notes: unknown = JSON.parse(text)
    return Array.isArray(notes) ? notes.filter(isNote) : []
  } catch {
    return []
  }
}

function isNote(value: unknown): value is Note {
  const { pid, command } = (value ?? {}) as Partial<Record<keyof Note, unknown>>
  return Number.isInteger(pid) && Number(pid) > 0 && typeof command === 'string'
}

async function endOrphan(note: Note): Promise<void> {
  for (let waited = 0; await isSame(note); waited += 50) {
    if (waited === 0) process.kill(note.pid, 'SIGINT')
    if (waited === patienceMs) process.kill(note.pid, 'SIGKILL')
    await sleep(50)
  }
}

async function isSame({ pid, command }: Note): Promise<boolean> {
  return command !== '' && (await commandOf(pid)) === command
}

// Empty where the system does not show it, or the process is gone: then nothing is ended.
function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
}
