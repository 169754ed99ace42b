import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { connectNats, eventEnvelope, headersOf, newId, openDeadLetters } from '@ashlar/messaging'
import { startPostgres } from '@deploy/local/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import type { Server } from './stoppable.ts'
import { bank, bankService, bankTables, quietBank } from './testing/bank.ts'
import { club, clubService, clubTables, quietClub } from './testing/club.ts'
import { silent } from './testing/silent.ts'
import { customer, Town, until } from './testing/town.ts'

let folder: string
let postgres: Awaited<ReturnType<typeof startPostgres>>
let town: Town
let platform: Platform
let server: Server

// a database server and a broker of their own, to be ended and started again
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-outage-'))
  postgres = await startPostgres({ folder })
  town = await Town.make({ bank: bankTables, club: clubTables }, { at: postgres.url })
  platform = await town.platform(['bank'])
  server = await platform.serve(bankService(quietBank()))
})
afterAll(async () => {
  await platform.close()
  await town[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})
let account: string
beforeEach(() => {
  account = randomUUID()
})

interface Report {
  readonly status: string
  readonly dependencies: Readonly<Record<string, { healthy: boolean; latencyMs: number; detail?: string; required?: boolean }>>
}
const report = async (of: Server = server): Promise<{ http: number } & Report> => {
  const response = await fetch(`http://${of.host}:${of.port}/health/ready`)
  return { http: response.status, ...((await response.json()) as Report) }
}
const reports = (status: string, of: Server = server) =>
  until(
    () => report(of),
    (given) => given.status === status,
  )
const deposit = (of: Server, amount = 5) => town.call(of, bank.deposit, { input: { account, amount }, as: customer('ada'), key: newId() })
const published = () =>
  town
    .database('bank')
    .query(`select 1 as one from platform.outbox where ordering_key = '/bank/account/' || $1 and published_at is not null`, [account])

it('tells of each dependency how it does, and how fast', async () => {
  const { http, dependencies } = await reports('ready')
  expect(http).toBe(200)
  expect(Object.keys(dependencies).toSorted()).toEqual(['bank consumers', 'bank database', 'bank outbox', 'broker', 'registry'])
  for (const dependency of Object.values(dependencies)) expect(dependency).toMatchObject({ healthy: true, latencyMs: expect.any(Number) })
  const live = await fetch(`http://${server.host}:${server.port}/health/live?probe=1`)
  expect([live.status, await live.json()]).toEqual([200, { status: 'live' }])
})

it('is not ready while the broker is away, keeps what is announced meanwhile, and goes on by itself', async () => {
  await town.nats.stop()
  const away = await reports('not_ready')
  expect(away).toMatchObject({ http: 503, dependencies: { broker: { healthy: false }, 'bank database': { healthy: true } } })
  expect(await deposit(server)).toMatchObject({ status: 200 })
  expect(await published()).toEqual([])
  await town.nats.start()
  await reports('ready')
  await until(published, (rows) => rows.length === 1)
})

it('starts without a broker, says so, and takes messages once it is there', async () => {
  await town.nats.stop()
  await using early = await town.platform(['bank'])
  await using started = await early.serve(bankService(quietBank()))
  expect(await reports('not_ready', started)).toMatchObject({ dependencies: { broker: { healthy: false } } })
  expect(await deposit(started)).toMatchObject({ status: 200 })
  await town.nats.start()
  await reports('ready', started)
  await until(published, (rows) => rows.length === 1)
})

it('is ready without a registry, and says that it is not listed', async () => {
  const nobody = createServer().listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  const { port } = nobody.address() as AddressInfo
  nobody.close()
  await using alone = await town.platform(['bank'], { REGISTRY_URL: `http://127.0.0.1:${port}` })
  await using started = await alone.serve(bankService(quietBank()))
  expect(await report(started)).toMatchObject({
    http: 200,
    status: 'ready',
    dependencies: { registry: { healthy: false, required: false } },
  })
})

it('is not ready while the database is away, answers 503 and not 500, and goes on by itself', async () => {
  await postgres.stop('hurried')
  expect(await reports('not_ready')).toMatchObject({ http: 503, dependencies: { 'bank database': { healthy: false } } })
  expect(await deposit(server)).toMatchObject({ status: 503, reason: 'dependency_unavailable' })
  await postgres.start()
  await reports('ready')
  expect(await deposit(server)).toMatchObject({ status: 200 })
})

it('keeps a message in hand while the database is away, and its attempts for other troubles', async () => {
  await using watching = await town.platform(['club'])
  await using atClub = await watching.serve(clubService(quietClub()))
  const bus = await connectNats({ url: town.nats.url, name: 'test', logger: silent })
  const letters = await openDeadLetters(town.nats.url)
  await reports('ready', atClub)
  await postgres.kill()
  const data = { account, amount: 1, balance: 1 }
  const event = eventEnvelope({ service: 'bank', event: bank.events.moneyMoved, data, aggregateVersion: 1 })
  await bus.publish({ transportId: newId(), subject: event.type, headers: headersOf(event), payload: JSON.stringify(event) })
  // the four attempts of the strict reaction would be over in a second and a half
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  await postgres.start()
  const seen = await until(
    () => town.database('club').query(`select reaction from seen where account = $1 order by reaction`, [account]),
    (rows) => rows.length >= 4,
  )
  expect(seen).toEqual(['latest', 'noted', 'strict', 'told'].map((reaction) => ({ reaction })))
  expect(await letters.list({ service: club.name })).toEqual([])
  await letters.close()
  await bus.close()
})
