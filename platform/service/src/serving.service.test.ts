import { randomUUID } from 'node:crypto'
import { createServer, request as httpRequest, Agent, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { openRegistry } from '@ashlar/discovery'
import { newId } from '@ashlar/messaging'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ServiceStartError } from './host-service.ts'
import { PortTakenError } from './http-door.ts'
import type { Server } from './stoppable.ts'
import { bank, bankService, bankTables, quietBank } from './testing/bank.ts'
import { cafe, cafeService, cafeTables } from './testing/cafe.ts'
import { runBank } from './testing/run-bank.ts'
import { silent } from './testing/silent.ts'
import { customer, Town, until } from './testing/town.ts'

let town: Town
beforeAll(async () => {
  town = await Town.make({ bank: bankTables, cafe: cafeTables })
})
afterAll(() => town[Symbol.asyncDispose]())

let account: string
beforeEach(() => {
  account = randomUUID()
})
const deposit = (server: { host: string; port: number }, amount: number) =>
  town.call(server, bank.deposit, { input: { account, amount }, as: customer('ada'), key: newId() })
const payOut = (server: { host: string; port: number }, key: string) =>
  town.call(server, bank.payOut, { input: { account, amount: 5 }, as: { kind: 'service', name: 'cafe' }, key })
const readiness = async ({ host, port }: Server): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`http://${host}:${port}/health/ready`, { headers: { connection: 'close' } })
  return { status: response.status, body: await response.json() }
}
const closed = (server: Server): Promise<string> =>
  until(
    () =>
      readiness(server).then(
        () => 'open',
        () => 'closed',
      ),
    (door) => door === 'closed',
  )
async function listed(service: string): Promise<number> {
  const registry = openRegistry(town.environment([])['REGISTRY_URL'] ?? '', { logger: silent })
  const watch = registry.watch(service)
  await watch.ready
  const { length } = watch.instances()
  await registry.close()
  return length
}

describe('two services in one process', () => {
  it('each have a database, keys and messages of their own, and pay each other through the same doors', async () => {
    await using platform = await town.platform(['bank', 'cafe'])
    const needs = quietBank()
    await using server = await platform.serve(bankService(needs), cafeService(platform.sagas(cafe)))
    await deposit(server, 10)
    const visiting = { input: { guest: account, account, amount: 4 }, as: customer('ada'), key: account }
    expect(await town.call(server, cafe.serveGuest, visiting)).toMatchObject({ status: 200 })
    await until(
      () => town.database('cafe').query('select how from visits where guest = $1', [account]),
      (rows) => rows.length === 1,
    )
    const asCafe = platform.client(bank, { as: cafe })
    expect((await asCafe.getBalance({ account })).orThrow()).toEqual({ balance: 6 })
    expect((await asCafe.payOut({ account, amount: 1 }, { idempotencyKey: newId() })).orThrow()).toMatchObject({ balance: 5 })
    expect(() => platform.client(bank)).toThrow('say which one calls')
    expect((await readiness(server)).body).toMatchObject({
      status: 'ready',
      dependencies: { 'bank database': { healthy: true }, 'cafe database': { healthy: true }, 'cafe sagas': { healthy: true } },
    })
  })

  it('may be served one after the other, and stopped apart', async () => {
    await using platform = await town.platform(['bank', 'cafe'])
    const atBank = await platform.serve(bankService(quietBank()))
    const atCafe = await platform.serve(cafeService(platform.sagas(cafe)))
    expect(atBank.port).not.toBe(atCafe.port)
    await atBank.stop()
    expect((await readiness(atCafe)).status).toBe(200)
  })
})

describe('a server that is stopped', () => {
  it('leaves the registry at once, takes calls on while others learn of it, finishes what it has, and is gone', async () => {
    await using platform = await town.platform(['bank'], { DRAIN_PROPAGATION_MS: '600' })
    const needs = quietBank()
    const { promise: opened, resolve: open } = Promise.withResolvers<void>()
    needs.world.before = () => opened
    const server = await platform.serve(bankService(needs))
    await deposit(server, 50)
    expect(await listed('bank')).toBe(1)

    const inFlight = payOut(server, newId())
    await until(
      () => needs.world.asked.length,
      (asked) => asked === 1,
    )
    const stopped = server.stop()
    await until(
      () => listed('bank'),
      (instances) => instances === 0,
    )
    expect(await readiness(server)).toMatchObject({ status: 503, body: { status: 'draining' } })
    const late = await deposit(server, 1)
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close'])

    // its listener closes after the propagation time; what is in hand still has its answer
    await closed(server)
    open()
    expect(await inFlight).toMatchObject({ status: 200, value: { balance: 46 } })
    await stopped
    expect(server.stop()).toBe(server.stopped)
    await server.stopped
  })

  it('does not wait for a connection that its caller keeps alive', async () => {
    await using platform = await town.platform(['bank'], { DRAIN_GRACE_MS: '20000' })
    const needs = quietBank()
    const { promise: opened, resolve: open } = Promise.withResolvers<void>()
    needs.booked = () => opened
    const server = await platform.serve(bankService(needs))
    const agent = new Agent({ keepAlive: true })
    const token = await (await town.identity('gateway')).tokenFor('bank', customer('ada'))
    const asking = httpRequest({ host: server.host, port: server.port, agent, method: 'POST', path: `/rpc/${bank.deposit.address}` })
    asking.setHeader('authorization', `Bearer ${token}`).setHeader('idempotency-key', newId()).setHeader('content-type', 'application/json')
    asking.end(JSON.stringify({ account, amount: 3 }))
    await until(
      () => town.database('bank').query(`select 1 as one from pg_stat_activity where application_name = 'bank' and state like 'idle in%'`),
      (rows) => rows.length > 0,
    )
    const stopping = server.stop()
    await closed(server)
    open()
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    response.resume()
    expect([response.statusCode, response.headers.connection]).toEqual([200, 'close'])
    // with the connection kept open, this would take until the grace time is over
    await stopping
    agent.destroy()
  })

  it('gives up what takes longer than the grace time, and frees its key', async () => {
    await using platform = await town.platform(['bank'], { DRAIN_GRACE_MS: '100' })
    const needs = quietBank()
    needs.world.before = (signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('told to give up'))))
    const server = await platform.serve(bankService(needs))
    await deposit(server, 50)
    const key = newId()
    const cut = payOut(server, key).catch(() => 'cut')
    await until(
      () => needs.world.asked.length,
      (asked) => asked === 1,
    )
    await server.stop()
    expect(await cut).toBe('cut')

    await using successor = await platform.serve(bankService(quietBank()))
    expect(await payOut(successor, key)).toMatchObject({ status: 200, value: { balance: 45 } })
  })
})

it('a server that is stopped in the middle of a command tells it to give up, and its successor carries it out', async () => {
  await using platform = await town.platform(['bank', 'cafe'], { DRAIN_GRACE_MS: '100' })
  const needs = quietBank()
  let isTold = false
  needs.world.before = (signal) =>
    new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => {
        isTold = true
        reject(new Error('told to give up'))
      }),
    )
  const atBank = await platform.serve(bankService(needs))
  const atCafe = await platform.serve(cafeService(platform.sagas(cafe)))
  await deposit(atBank, 10)
  await town.call(atCafe, cafe.serveGuest, { input: { guest: account, account, amount: 4 }, as: customer('ada'), key: account })
  await until(
    () => needs.world.asked.length,
    (asked) => asked === 1,
  )
  await atBank.stop()
  expect(isTold).toBe(true)

  const successor = quietBank()
  await platform.serve(bankService(successor))
  await until(
    () => town.database('cafe').query('select how from visits where guest = $1', [account]),
    (rows) => rows.length === 1,
  )
  expect(successor.world.asked).toEqual(needs.world.asked)
  expect(successor.world.total()).toBe(4)
})

describe('a start that fails', () => {
  it('because the port is taken says so, and leaves nothing open', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await using platform = await town.platform(['bank'], { PORT: String(port) })
    await expect(platform.serve(bankService(quietBank()))).rejects.toThrow(PortTakenError)
    // long enough for a relay that was left running to connect
    await new Promise((resolve) => setTimeout(resolve, 500))
    const sessions = `select application_name from pg_stat_activity where application_name like 'bank%' and application_name <> 'bank test'`
    expect(await town.database('bank').query(sessions)).toEqual([])
    other.close()
    await once(other, 'close')
    await using server = await platform.serve(bankService(quietBank()))
    expect(server.port).toBe(port)
  })

  it('because the database is away names it, without its password', async () => {
    const url = 'postgres://bank:hush@127.0.0.1:1/bank'
    await using platform = await town.platform(['bank'], { BANK_DATABASE_URL: url })
    const serving = platform.serve(bankService(quietBank()))
    await expect(serving).rejects.toThrow(ServiceStartError)
    await expect(serving).rejects.toThrow('bank cannot start: its database 127.0.0.1:1/bank does not answer')
  })

  it('ends a whole process, not with 0', async () => {
    const away = runBank({ ...town.environment(['bank']), BANK_DATABASE_URL: 'postgres://bank:hush@127.0.0.1:1/bank' })
    expect(await away.exited).toEqual({ code: 1, signal: null })
    expect(away.complaints()).toContain('its database 127.0.0.1:1/bank does not answer')
    expect(away.complaints()).not.toContain('hush')

    const unknown = runBank({ ...town.environment(['bank']), NATS_URL: 'nonsense' })
    expect(await unknown.exited).toEqual({ code: 1, signal: null })
    expect(unknown.complaints()).toContain('NATS_URL is wrong: write nats://host:port')
  })
})

describe('a process', () => {
  it('that is asked to stop drains and ends with 0', async () => {
    const running = runBank(town.environment(['bank']))
    const ready = await running.said('ready')
    expect(await deposit({ host: String(ready['host']), port: Number(ready['port']) }, 5)).toMatchObject({ status: 200 })
    running.kill('SIGTERM')
    expect(await running.exited).toEqual({ code: 0, signal: null })
    expect(running.lines.map((line) => line['event']).filter((event) => event !== undefined)).toEqual(
      expect.arrayContaining(['ready', 'call', 'draining', 'stopped']),
    )
    expect(await listed('bank')).toBe(0)
  })

  it('that is asked to stop while it starts ends with 0 as well, and is nowhere to be found', async () => {
    // a database that never says a word holds the start up
    const mute = createTcpServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const { port } = mute.address() as AddressInfo
    const starting = runBank({ ...town.environment(['bank']), BANK_DATABASE_URL: `postgres://bank@127.0.0.1:${port}/bank` })
    const [socket] = (await once(mute, 'connection')) as [Socket]
    starting.kill('SIGTERM')
    await starting.said('draining')
    socket.destroy()
    mute.close()
    expect(await starting.exited).toEqual({ code: 0, signal: null })
    expect(starting.complaints()).toBe('')
  })

  it('killed in the middle of a payment is followed by one that ends it, and pays once', async () => {
    const doomed = runBank({ ...town.environment(['bank']), BANK_WAITS: 'for ever' })
    const ready = await doomed.said('ready')
    const address = { host: String(ready['host']), port: Number(ready['port']) }
    await deposit(address, 20)
    const key = newId()
    const cut = payOut(address, key).catch(() => 'cut')
    await until(
      () => town.database('bank').query(`select state from movements where account = $1 and state = 'open'`, [account]),
      (rows) => rows.length === 1,
    )
    doomed.kill('SIGKILL')
    expect(await cut).toBe('cut')

    await using platform = await town.platform(['bank'])
    await using successor = await platform.serve(bankService(quietBank()))
    // the dead one still holds the key, but nobody renews its claim
    await expect
      .poll(() => payOut(successor, key), { timeout: 15_000, interval: 100 })
      .toMatchObject({ status: 200, value: { balance: 15 } })
  })
})
