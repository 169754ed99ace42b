import { migrate, openDatabase, platformMigrations, type Database } from '@ashlar/persistence'
import { sagaMigrations } from '@ashlar/saga'
import { createTestDatabase } from '@deploy/local/testing'

/** A service's database in a test, up to date, with a pool of the test's own. */
export interface OwnDatabase {
  readonly url: string
  readonly database: Database
  readonly drop: () => Promise<void>
}

/** Makes a database with a service's tables: among those of this test run, or on the server `at`, whose superuser then is the owner. */
export async function makeDatabase(name: string, { sql, at }: { sql: string; at: string | undefined }): Promise<OwnDatabase> {
  const created = at === undefined ? await createTestDatabase(name) : await createAt(at, name)
  await migrate({ url: created.url, folders: [platformMigrations(), sagaMigrations()] })
  const database = openDatabase({ url: created.url, name: `${name} test` })
  await database.query(sql)
  return { url: created.url, database, drop: () => created.drop() }
}

async function createAt(server: string, name: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const admin = openDatabase({ url: server, name: 'admin' })
  await admin.query(`create database ${name}`)
  await admin.close()
  const url = new URL(server)
  url.pathname = `/${name}`
  // it goes with its server
  return { url: url.href, drop: () => Promise.resolve() }
}
