import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openRegistry } from '@ashlar/discovery'
import { createLogger } from '@observability/telemetry'
import { expect, it } from 'vitest'
import { awaitShop } from './await-shop.ts'

const everybody = ['catalogue', 'inventory', 'notifications', 'orders', 'payments', 'shipping', 'users']

/** A street of empty shops: a gateway that says it is ready, and a registry in a folder. */
async function street() {
  const folder = mkdtempSync(join(tmpdir(), 'street-'))
  const door = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => door.once('listening', resolve))
  const { port } = door.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const registryUrl = pathToFileURL(folder).href
  const registry = openRegistry(registryUrl, { logger: createLogger({ service: 'street', level: 'silent' }) })
  const open = (service: string) => registry.register({ id: `${service}-1`, service, host: '127.0.0.1', port, contracts: [] })
  const shop = (services = everybody) => ({
    startedAt: '',
    pid: process.pid,
    gatewayUrl: url,
    natsUrl: '',
    registryUrl,
    cardProviderUrl: '',
    postgresUrl: '',
    services,
  })
  const close = async (): Promise<void> => {
    await registry.close()
    await new Promise((resolve) => door.close(resolve))
    rmSync(folder, { recursive: true, force: true })
  }
  return { shop, open, [Symbol.asyncDispose]: close }
}

it('waits for a service that is late, and says for which', async () => {
  await using place = await street()
  for (const service of everybody.filter((name) => name !== 'orders')) await place.open(service)
  const lines: string[] = []
  const waiting = awaitShop(place.shop(), { patienceMs: 20_000, print: (line) => lines.push(line) })
  await expect.poll(() => lines.join(), { timeout: 10_000 }).toContain('Waiting for orders …')
  await place.open('orders')
  await waiting
  expect(lines).toHaveLength(1)
})

it('names who does not come, and does not wait for ever', async () => {
  await using place = await street()
  for (const service of everybody.filter((name) => name !== 'payments')) await place.open(service)
  await expect(awaitShop(place.shop(), { patienceMs: 500, print: () => undefined })).rejects.toThrow(
    'Not ready after 0.5 s: payments. The terminal of npm run dev says why.',
  )
})

it('says at once which part of the shop was left out', async () => {
  await using place = await street()
  const some = awaitShop(place.shop(['catalogue', 'users']), { patienceMs: 60_000, print: () => undefined })
  await expect(some).rejects.toThrow(
    'The demo needs inventory, orders, payments, shipping too; running here: catalogue, users. Start the whole shop: npm run dev',
  )
})

it('does not take a gateway that is not there for an open shop', async () => {
  await using place = await street()
  for (const service of everybody) await place.open(service)
  const shop = { ...place.shop(), gatewayUrl: 'http://127.0.0.1:1' }
  await expect(awaitShop(shop, { patienceMs: 300, print: () => undefined })).rejects.toThrow('gateway')
})
