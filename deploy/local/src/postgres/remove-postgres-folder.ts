import { rm } from 'node:fs/promises'
import { postgresFolderOf } from './postgres-folder.ts'
import { userForPostgres } from './other-user.ts'

/** Removes what PostgreSQL keeps for a folder of ours, wherever it is. The server must not run. */
export async function removePostgresFolder(folder: string): Promise<void> {
  const { home } = await postgresFolderOf(folder, await userForPostgres())
  await rm(home, { recursive: true, force: true })
}
