import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { removePostgresFolder } from '../postgres/remove-postgres-folder.ts'

/** Makes a folder for the test that runs; it is removed after it, with PostgreSQL's data for it. */
export async function ownFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ashlar-test-')))
  onTestFinished(async () => {
    await removePostgresFolder(folder)
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}
