import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Heard } from '../known-instances.ts'
import { isProcessGone, parseEntry, staleAfterMs, type Entry } from './entry.ts'
import { removeFile } from './entry-file.ts'

/** What nobody has touched for this long is removed by whoever sees it, a draft left by a crash too. */
const abandonedAfterMs = 600_000

/**
 * Reads every entry of a service's folder. One that is not ready, stale, or whose process is gone counts as failing; what the
 * dead left behind is removed. Throws when the folder cannot be read.
 */
export async function scanFolder(folder: string): Promise<Heard> {
  const names = await readdir(folder)
  const entries = (await Promise.all(names.map((name) => readOne(join(folder, name))))).filter((seen) => seen !== undefined)
  return {
    passing: entries.filter(({ isAlive, entry }) => isAlive && entry.isReady).map(({ entry }) => entry.instance),
    failing: entries.filter(({ isAlive, entry }) => !isAlive || !entry.isReady).map(({ entry }) => entry.instance.id),
  }
}

async function readOne(file: string): Promise<{ entry: Entry; isAlive: boolean } | undefined> {
  const found = await read(file)
  if (found === undefined) return undefined
  const { text, ageMs } = found
  const entry = file.endsWith('.json') ? parseEntry(text) : undefined
  const isGone = entry !== undefined && isProcessGone(entry)
  if (isGone || ageMs > abandonedAfterMs) await removeFile(file)
  return entry === undefined ? undefined : { entry, isAlive: !isGone && ageMs <= staleAfterMs }
}

async function read(file: string): Promise<{ text: string; ageMs: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)])
    return { text, ageMs: Date.now() - mtimeMs }
  } catch {
    // deregistered between the listing and the reading
    return undefined
  }
}
