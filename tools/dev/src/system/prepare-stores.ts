import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { prepareDatabases } from '@deploy/local'
import { migrate, platformMigrations, runSeed, type MigrationFolder } from '@ashlar/persistence'
import { sagaMigrations } from '@ashlar/saga'
export interface StoresWanted {
  readonly root: string
  readonly folder: string
  readonly adminUrl: string
  readonly services: readonly string[]
}

/** Gives every service its database, brought up to date and seeded: each service's address by its name. Safe to repeat. */
export async function prepareStores({ root, folder, adminUrl, services }: StoresWanted): Promise<ReadonlyMap<string, string>> {
  const databases = await prepareDatabases({ adminUrl, services, folder })
  await Promise.all(
    databases.map(async ({ service, url }) => {
      const home = join(root, 'services', service)
      await migrate({ url, folders: migrationsOf(service, home) })
      const seed = join(home, 'seed.sql')
      if (existsSync(seed)) await runSeed({ url, file: seed })
    }),
  )
  return new Map(databases.map(({ service, url }) => [service, url]))
}

function migrationsOf(service: string, home: string): MigrationFolder[] {
  const folders = [platformMigrations()]
  if (existsSync(join(home, 'src', 'sagas'))) folders.push(sagaMigrations())
  const own = join(home, 'migrations')
  if (existsSync(own)) folders.push({ name: service, path: own })
  return folders
}
