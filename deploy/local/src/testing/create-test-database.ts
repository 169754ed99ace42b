import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { testServers } from './test-servers.ts'

/** A database of one test or test file. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  /** Ends every connection to it, then removes it and its role. */
  drop(): Promise<void>
}

/** Makes a database and a role of its own, by a name that no other run has (`name` is only its beginning). It is empty: bring it up to date with the migrations under test. */
export async function createTestDatabase(name: string): Promise<TestDatabase> {
  const admin = testServers().postgresAdminUrl
  const unique = `${name.replaceAll(/\W+/g, '_').toLowerCase().slice(0, 40)}_${randomBytes(4).toString('hex')}`
  const password = randomBytes(12).toString('hex')
  await runSql(admin, [
    `CREATE ROLE "${unique}" LOGIN PASSWORD '${password}'`,
    `CREATE DATABASE "${unique}" OWNER "${unique}"`,
    `REVOKE ALL ON DATABASE "${unique}" FROM PUBLIC`,
  ])
  const url = new URL(admin)
  url.username = unique
  url.password = password
  url.pathname = `/${unique}`
  const drop = (): Promise<void> => runSql(admin, [`DROP DATABASE IF EXISTS "${unique}" WITH (FORCE)`, `DROP ROLE IF EXISTS "${unique}"`])
  return { url: url.href, drop, [Symbol.asyncDispose]: drop }
}

async function runSql(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
