import { existsSync } from 'node:fs'
import { connectNats } from '@ashlar/messaging'
import { databaseUrlOf, isFree, readRows, readTopology, removePostgresFolder } from '@deploy/local'
import { createLogger } from '@observability/telemetry'
import { expect, it } from 'vitest'
import { helloProgram, smallRepository, type SmallRepository } from '../testing/small-repository.ts'
import { runSystem } from './run-system.ts'
import type { RunningSystem } from './running-system.ts'
import type { SystemOptions } from './system-options.ts'
import { freePorts } from './system-ports.ts'

function shop(): SmallRepository & AsyncDisposable {
  const repository = smallRepository({
    'package.json': '{ "type": "module" }',
    'shared/words.ts': `export const word = 'one'`,
    'services/orders/src/main.ts': helloProgram(
      `import { word } from '../../../shared/words.ts'; console.log(word, process.env.ORDERS_DATABASE_URL)`,
    ),
    'services/orders/migrations/0001.do.create-orders.sql': 'create table orders (id int primary key);',
    'services/orders/seed.sql': 'insert into orders values (1) on conflict do nothing;',
    'services/users/src/main.ts': helloProgram(),
    'gateway/src/main.ts': helloProgram(),
  })
  return { ...repository, [Symbol.asyncDispose]: () => removePostgresFolder(repository.at('.ashlar')) }
}

async function run(repository: SmallRepository, options: Partial<SystemOptions> = {}): Promise<RunningSystem> {
  const system = await runSystem({
    root: repository.root,
    folder: repository.at('.ashlar'),
    ports: await freePorts(),
    consul: 'off',
    ...options,
  })
  await system.ready(20_000)
  return system
}
const patient = { timeout: 10_000 }
const pidOf = (system: RunningSystem, name: string): number => system.processes.get(name)?.pid ?? 0

it('brings everything up, tells tools where it is, and stops leaving no process and no lock', async () => {
  using repository = shop()
  await using _data = repository as AsyncDisposable
  const system = await run(repository)
  const { gatewayUrl, services } = await readTopology(system.folder)
  expect(services).toEqual(['orders', 'users'])
  expect(await (await fetch(gatewayUrl)).text()).toBe('hello')
  const ordersUrl = await databaseUrlOf(system.folder, 'orders')
  expect(system.processes.get('orders')?.lines[0]).toBe(`one ${ordersUrl}`)

  const pids = [...system.processes.values(), ...system.servers.all].map(({ pid }) => pid!)
  await system.stop()
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(['lock', 'topology.json', 'servers.json'].filter((name) => existsSync(repository.at(`.ashlar/${name}`)))).toEqual([])
  for (const { port } of system.servers.all) expect(await isFree(port)).toBe(true)
})

it('restarts the programs that contain a changed file, and no other', async () => {
  using repository = shop()
  await using _data = repository as AsyncDisposable
  await using system = await run(repository, { changes: 'watched' })
  const [orders, users] = [pidOf(system, 'orders'), pidOf(system, 'users')]
  repository.write('shared/words.ts', `export const word = 'two'`)
  await expect.poll(() => system.processes.get('orders')?.lines.at(-2), patient).toMatch(/^two /)
  expect(pidOf(system, 'orders')).not.toBe(orders)
  expect(pidOf(system, 'users')).toBe(users)
})

it('starts killed servers and processes again, and runs more copies of one', async () => {
  using repository = shop()
  await using _data = repository as AsyncDisposable
  const notes: string[] = []
  await using system = await run(repository, { onNote: (name, note) => notes.push(`${name} ${note}`) })
  const copy = system.startCopy('orders')
  const before = [system.servers.postgres.pid, system.servers.nats.pid, pidOf(system, 'users')]
  await Promise.all([system.servers.postgres.kill(), system.servers.nats.kill(), system.processes.get('users')?.kill()])
  await expect.poll(() => notes.filter((note) => note.includes('runs again on port')).length, patient).toBe(2)
  await system.ready(10_000)
  const after = [system.servers.postgres.pid, system.servers.nats.pid, pidOf(system, 'users')]
  for (const [place, pid] of before.entries()) expect(after[place]).not.toBe(pid)
  expect(copy.name).toBe('orders-2')
  expect(copy.url).not.toBe(system.processes.get('orders')?.url)
})

it('names the system that runs when it is started twice, and not the ports that one has', async () => {
  using repository = shop()
  await using _data = repository as AsyncDisposable
  const ports = await freePorts()
  await using _system = await run(repository, { ports, only: [] })
  await expect(run(repository, { ports })).rejects.toMatchObject({ name: 'FolderInUseError', pid: process.pid })
})

it('finds its data at the second start, and runs just what it was asked for', async () => {
  using repository = shop()
  await using _data = repository as AsyncDisposable
  const first = await run(repository)
  const url = new URL(await databaseUrlOf(first.folder, 'orders'))
  await first.stop()
  await using second = await run(repository, { only: ['users'] })
  expect([...second.processes.keys()]).toEqual(['users', 'gateway'])
  expect(new URL(await databaseUrlOf(second.folder, 'orders').catch(() => url.href)).password).toBe(url.password)
})

it('says which process does not come up and what it said', async () => {
  using repository = shop()
  await using _data = repository as AsyncDisposable
  repository.write('services/users/src/main.ts', `console.error('USERS_PEPPER is missing'); process.exit(1)`)
  await using system = await runSystem({ root: repository.root, folder: repository.at('.ashlar'), ports: await freePorts(), consul: 'off' })
  await expect(system.ready(6_000)).rejects.toThrow(/^users is not ready\. It said:[^]*USERS_PEPPER is missing/)
  // Nobody has to wait a minute to hear what will not change by waiting.
  await expect(system.ready(60_000, { broken: 'given-up' })).rejects.toMatchObject({
    name: 'NotReadyError',
    processes: [{ name: 'users' }],
  })
})

it('takes in a service that comes while it runs, and restarts it with what it is made of', async () => {
  using repository = shop()
  await using _data = repository as AsyncDisposable
  await using system = await run(repository, { changes: 'watched' })
  const before = [pidOf(system, 'orders'), system.servers.nats.pid]
  repository.write('services/reviews/migrations/0001.do.create-reviews.sql', 'create table reviews (id int primary key);')
  repository.write('services/reviews/src/words.ts', `export const word = 'fine'`)
  repository.write(
    'services/reviews/src/main.ts',
    helloProgram(`import { word } from './words.ts'; console.log(word, process.env.NATS_URL)`),
  )
  await expect.poll(() => system.processes.get('reviews')?.isReady, patient).toBe(true)
  expect((await readTopology(system.folder)).services).toEqual(['orders', 'reviews', 'users'])
  expect(await readRows(await databaseUrlOf(system.folder, 'reviews'), 'select * from reviews')).toEqual([])

  const url = system.processes.get('reviews')?.lines[0]?.split(' ')[1] ?? ''
  const bus = await connectNats({ url, name: 'reviews', logger: createLogger({ service: 'test', level: 'silent' }) })
  await bus.publish({ transportId: 'one', subject: 'reviews.review-added.v1', headers: {}, payload: '{}' })
  await bus.close()

  const first = pidOf(system, 'reviews')
  repository.write('services/reviews/src/words.ts', `export const word = 'finer'`)
  await expect.poll(() => [first, 0].includes(pidOf(system, 'reviews')), patient).toBe(false)
  expect([pidOf(system, 'orders'), system.servers.nats.pid]).toEqual(before)
})
