import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startConsul, type ConsulPorts } from './consul/start-consul.ts'
import { freeServerPorts, type ServerPorts } from './ports.ts'
import { postgresFolderOf, readDataNames } from './postgres/postgres-folder.ts'
import { userForPostgres } from './postgres/other-user.ts'
import { removePostgresFolder } from './postgres/remove-postgres-folder.ts'
import { PortInUseError, StateDamagedError } from './server/errors.ts'
import { isFree } from './server/is-free.ts'
import { startLocalServers, type LocalServers } from './start-local-servers.ts'
import { cardLedgerIn } from './system/card-ledger.ts'
import { ask } from './testing/ask.ts'
import { ownFolder } from './testing/own-folder.ts'
import { needServer } from './testing/test-servers.ts'

const start = (folder: string, ports: ServerPorts): Promise<LocalServers> => startLocalServers({ folder, ports, consul: 'off' })

it('finds its data again after a stop, and leaves no lock', async () => {
  const folder = await ownFolder()
  const first = await start(folder, await freeServerPorts())
  await ask(first.postgres.url, 'CREATE TABLE kept AS SELECT 7 AS answer')
  await first.stop()
  expect(await readdir(folder)).not.toContain('lock')

  await using second = await start(folder, await freeServerPorts())
  expect(await ask(second.postgres.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }])
})

it('makes a data folder again that an interrupted start left half made', async () => {
  const folder = await ownFolder()
  const first = await start(folder, await freeServerPorts())
  await first.stop()
  const { data } = await postgresFolderOf(folder, await userForPostgres())
  for (const part of ['ashlar-complete', 'global']) await rm(join(data, part), { recursive: true })

  await using second = await start(folder, await freeServerPorts())
  expect(await ask(second.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

it('offers the file registry where there is no Consul', async () => {
  const folder = await ownFolder()
  await using servers = await start(folder, await freeServerPorts())
  expect(servers.consul).toBeUndefined()
  expect(servers.registryUrl).toBe(`file://${folder}/registry`)
})

it('names the port that is taken, and leaves nothing running', async () => {
  const folder = await ownFolder()
  const ports = await freeServerPorts()
  await using holder = createServer().listen(ports.nats, '127.0.0.1')
  await once(holder, 'listening')
  const refusal = await start(folder, ports).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(PortInUseError)
  expect((refusal as Error).message).toContain(`Port ${ports.nats}, wanted for nats-server`)
  expect(await readdir(folder)).not.toContain('lock')

  await using again = await start(folder, await freeServerPorts())
  expect(again.nats.pid).toBeGreaterThan(0)
})

it('names the port of Consul that is taken, whichever of the seven', async (context) => {
  needServer(context, 'consul')
  const ports = await freeServerPorts()
  const named = {
    http: '',
    dns: ' (DNS)',
    serfLan: ' (serf LAN)',
    serfWan: ' (serf WAN)',
    server: ' (server RPC)',
    grpc: ' (gRPC)',
    grpcTls: ' (gRPC TLS)',
  }
  for (const [key, purpose] of Object.entries(named) as [keyof ConsulPorts, string][]) {
    await using holder = createServer().listen(ports.consul[key], '127.0.0.1')
    await once(holder, 'listening')
    const wanted = `Port ${ports.consul[key]}, wanted for Consul${purpose}, is in use by `
    await expect(startConsul({ folder: await ownFolder(), ports: ports.consul })).rejects.toThrow(wanted)
  }
})

it('does not begin again with empty databases where money was charged, unless told to', async () => {
  const folder = await ownFolder()
  const first = await start(folder, await freeServerPorts())
  await first.stop()
  await writeFile(cardLedgerIn(folder), '{"kind":"charge"}\n')
  await removePostgresFolder(folder)
  await expect(start(folder, await freeServerPorts())).rejects.toThrow(StateDamagedError)
  expect(await readdir(folder)).not.toContain('lock')

  await using fresh = await startLocalServers({ folder, ports: await freeServerPorts(), consul: 'off', data: 'emptied' })
  expect(await ask(fresh.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(await readFile(cardLedgerIn(folder), 'utf8')).toBe('')
})

it('gives up when it is told to while databases are made, and begins again after that', async () => {
  const folder = await ownFolder()
  const enough = new AbortController()
  const onStarted = (): void => enough.abort(new Error('enough'))
  const options = { folder, consul: 'off', onStarted, signal: enough.signal } as const
  await expect(startLocalServers({ ...options, ports: await freeServerPorts() })).rejects.toThrow('enough')
  const { made } = await readDataNames(await postgresFolderOf(folder, await userForPostgres()))
  expect(made).toBeUndefined()
  expect(await readdir(folder)).not.toContain('lock')

  await using again = await start(folder, await freeServerPorts())
  expect(await ask(again.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

it('lets one process at a time use a folder', async () => {
  const folder = await ownFolder()
  await using servers = await start(folder, await freeServerPorts())
  expect(servers.postgres.pid).toBeGreaterThan(0)
  await expect(start(folder, await freeServerPorts())).rejects.toThrow(`is in use by process ${process.pid}`)
})

it('starts a killed server again in place', async () => {
  await using servers = await start(await ownFolder(), await freeServerPorts())
  for (const server of servers.all) {
    const { port, pid } = server
    const ended = server.exited()
    await server.kill()
    expect(await ended).toBe('SIGKILL')
    await server.start()
    expect(server.port).toBe(port)
    expect(server.pid).not.toBe(pid)
  }
  expect(await ask(servers.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

it('starts a PostgreSQL again that was killed before it had noted its number', async () => {
  const folder = await ownFolder()
  await using servers = await start(folder, await freeServerPorts())
  await servers.postgres.kill()
  const { data } = await postgresFolderOf(folder, await userForPostgres())
  await truncate(join(data, 'postmaster.pid'))
  await servers.postgres.start()
  expect(await ask(servers.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

async function startAndDie(folder: string, ports: ServerPorts): Promise<void> {
  const script = `import { startLocalServers } from '${import.meta.dirname}/start-local-servers.ts'
    await startLocalServers({ folder: '${folder}', ports: ${JSON.stringify(ports)}, consul: 'off' })
    console.log('up'); setInterval(() => undefined, 1000)`
  const dying = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(dying.stdout, 'data')
  dying.kill('SIGKILL')
  await once(dying, 'exit')
}

it('ends its servers even when it is killed itself', async () => {
  const ports = await freeServerPorts()
  await startAndDie(await ownFolder(), ports)
  await expect.poll(async () => [await isFree(ports.postgres), await isFree(ports.nats)], { timeout: 10_000 }).toEqual([true, true])
})

it('takes the place of one that was killed, on the same folder and ports', async () => {
  const folder = await ownFolder()
  const ports = await freeServerPorts()
  await startAndDie(folder, ports)
  await using servers = await start(folder, ports)
  expect(await ask(servers.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

it('starts Consul with a leader and its page', async (context) => {
  needServer(context, 'consul')
  const folder = await ownFolder()
  await using servers = await startLocalServers({ folder, ports: await freeServerPorts(), consul: 'required' })
  expect(servers.registryUrl).toBe(servers.consul?.url)
  const page = await fetch(`${servers.registryUrl}/ui/`)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Consul')])
})

it('starts empty when asked to, and when .ashlar was removed by hand', async () => {
  const folder = await ownFolder()
  const first = await start(folder, await freeServerPorts())
  await ask(first.postgres.url, 'CREATE TABLE kept AS SELECT 7 AS answer')
  await first.stop()

  const second = await startLocalServers({ folder, ports: await freeServerPorts(), consul: 'off', data: 'emptied' })
  await expect(ask(second.postgres.url, 'SELECT answer FROM kept')).rejects.toThrow('does not exist')
  await ask(second.postgres.url, 'CREATE TABLE kept AS SELECT 8 AS answer')
  await second.stop()

  await rm(folder, { recursive: true })
  await using third = await start(folder, await freeServerPorts())
  await expect(ask(third.postgres.url, 'SELECT answer FROM kept')).rejects.toThrow('does not exist')
})
