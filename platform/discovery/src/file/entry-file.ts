import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Instance } from '../registry.ts'
import type { Entry } from './entry.ts'

/** Gives the file of an instance: a folder a service, a file an instance, whatever characters the id has. */
export function entryFile(root: string, { service, id }: Instance): string {
  return join(root, service, `${encodeURIComponent(id)}.json`)
}

/** Makes a folder that only this user can write: whoever can add an entry can take calls. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Writes an entry so that a reader sees the old one or the new one, never half of it. */
export async function writeEntry(file: string, entry: Entry): Promise<void> {
  await makeFolder(dirname(file))
  const draft = `${file}.${randomBytes(4).toString('hex')}.draft`
  try {
    await writeFile(draft, JSON.stringify(entry))
    await rename(draft, file)
  } catch (error) {
    await removeFile(draft)
    throw error
  }
}

/** Shows that the registrant lives; throws when the file is gone. */
export async function touchEntry(file: string): Promise<void> {
  const now = new Date()
  await utimes(file, now, now)
}

/** Removes a file; one that is gone, or out of reach with its folder, is as good as removed. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined)
}
