import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, afterAll, expect, it } from 'vitest'
import { userForPostgres } from '../postgres/other-user.ts'
import { postgresFolderOf } from '../postgres/postgres-folder.ts'
import { StateDamagedError } from '../server/errors.ts'
import type { LocalServer } from '../server/local-server.ts'
import { ask } from '../testing/ask.ts'
import { startFaultyPostgres } from '../testing/fault-servers.ts'
import { prepareDatabases, type ServiceDatabase } from './prepare-databases.ts'

let folder = ''
let server: LocalServer
let databases: ServiceDatabase[] = []
const urlOf = (service: string): string => databases.find((each) => each.service === service)?.url ?? ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-databases-'))
  server = await startFaultyPostgres({ folder })
  databases = await prepareDatabases({ adminUrl: server.url, services: ['orders', 'payments'], folder })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

it('gives each service a database in which it may do as it likes', async () => {
  await ask(urlOf('orders'), 'CREATE SCHEMA platform CREATE TABLE outbox (id int)')
  expect(await ask(urlOf('orders'), 'SELECT current_user, current_database()')).toEqual([
    { current_user: 'orders', current_database: 'orders' },
  ])
})

it.each(['payments', 'postgres', 'template1'])('keeps orders out of the database %s', async (other) => {
  const intruder = new URL(urlOf('orders'))
  intruder.pathname = `/${other}`
  await expect(ask(intruder.href, 'SELECT 1')).rejects.toThrow(`permission denied for database "${other}"`)
})

it('keeps passwords to itself, and the same when asked again', async () => {
  const again = await prepareDatabases({ adminUrl: server.url, services: ['orders', 'payments', 'shipping'], folder })
  expect(again.map(({ service, isNew }) => [service, isNew])).toEqual([
    ['orders', false],
    ['payments', false],
    ['shipping', true],
  ])
  expect(again[0]?.url).toBe(urlOf('orders'))
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
})

it('lets services in again when the secrets were lost', async () => {
  const before = await readFile(join(folder, 'secrets.json'), 'utf8')
  await rm(join(folder, 'secrets.json'))
  const [orders] = await prepareDatabases({ adminUrl: server.url, services: ['orders'], folder })
  expect(await readFile(join(folder, 'secrets.json'), 'utf8')).not.toBe(before)
  expect(await ask(orders?.url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

it.each(['', '{"databasePasswords":{"orders"', 'null', '{"databasePasswords":{"orders":7}}'])(
  'lets services in again when the secrets read %j',
  async (text) => {
    await writeFile(join(folder, 'secrets.json'), text)
    const [orders] = await prepareDatabases({ adminUrl: server.url, services: ['orders'], folder })
    expect(await ask(orders?.url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  },
)

it('names the database whose files are gone', async () => {
  await prepareDatabases({ adminUrl: server.url, services: ['lost'], folder })
  const [found] = (await ask(server.url, `SELECT oid FROM pg_database WHERE datname = 'lost'`)) as { oid: number }[]
  const { data } = await postgresFolderOf(folder, await userForPostgres())
  await rm(join(data, 'base', String(found?.oid)), { recursive: true })
  const refusal: unknown = await prepareDatabases({ adminUrl: server.url, services: ['lost'], folder }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(StateDamagedError)
  expect((refusal as Error).message).toMatch(/^The database of lost does not open: .*"base\/\d+" is missing\./)
  expect((refusal as Error).message).toContain('npm run dev -- --fresh')
})
