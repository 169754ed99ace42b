import { rm } from 'node:fs/promises'
import { dataFolderOf } from './data-folder.ts'
import { userForPostgres } from './other-user.ts'

/** Removes what PostgreSQL keeps for a folder of ours, wherever it is. The server must not run. */
export async function removePostgresData(folder: string): Promise<void> {
  const { home } = await dataFolderOf(folder, await userForPostgres())
  await rm(home, { recursive: true, force: true })
}
