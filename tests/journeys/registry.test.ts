import { ServerUnavailableError } from '@deploy/local'
import { findServices } from '@tools/dev'
import { expect, it } from 'vitest'
import { instancesOf, needShop, registeredServices } from '../harness/consul.ts'
import { ask, type StartedShop } from '../harness/index.ts'
import { keepAsking } from '../harness/keep-asking.ts'
import { openShop } from '../harness/open-shop.ts'
import { repository } from '../harness/shop.ts'

// the gateway is called by nobody: it is there for whoever collects metrics
const services = [...findServices(repository), 'gateway'].toSorted()
const patience = { timeout: 90_000, interval: 100 }

const opened: StartedShop | Error = await openShop({ consul: 'required' }).catch((error: unknown) => {
  if (error instanceof ServerUnavailableError) return error
  throw error
})

const browse = (shop: StartedShop) => ask(shop.url, { path: '/v1/products?limit=1' })

/** How many times a process was asked for the list of products, by its own log. */
function countAsked({ logs }: StartedShop, process: string): number {
  return (logs.get(process) ?? []).filter((line) => line.includes('"catalogue.v1/listProducts"')).length
}

it('lists every service with a passing check', async (context) => {
  const shop = needShop(context, opened)
  expect(await registeredServices(shop)).toEqual(services)
  for (const service of services) {
    const passing = async () => (await instancesOf(shop, service)).map(({ isPassing }) => isPassing)
    await expect.poll(passing, patience).toEqual([true])
  }
})

it('brings an order to its end', async (context) => {
  const shop = needShop(context, opened)
  const order = await (await shop.customer()).places()
  await expect(order).toEndAs('confirmed')
  await expect(shop).toBalance()
})

it('shares the load between two instances of the catalogue', async (context) => {
  const shop = needShop(context, opened)
  shop.system.startCopy('catalogue')
  await shop.ready()
  const passing = async () => (await instancesOf(shop, 'catalogue')).filter(({ isPassing }) => isPassing).length
  await expect.poll(passing, patience).toBe(2)
  await expect.poll(async () => ((await browse(shop)).status === 200 ? countAsked(shop, 'catalogue-2') : 0), patience).toBeGreaterThan(0)

  const before = [countAsked(shop, 'catalogue'), countAsked(shop, 'catalogue-2')]
  const answers = await Promise.all(Array.from({ length: 200 }, () => browse(shop)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const shares = () => [countAsked(shop, 'catalogue') - before[0]!, countAsked(shop, 'catalogue-2') - before[1]!]
  // a line of a request before these may come late
  await expect.poll(() => shares()[0]! + shares()[1]!, patience).toBeGreaterThanOrEqual(200)
  for (const share of shares()) expect(share).toBeGreaterThan(50)
})

it('leaves a killed instance out at once: nobody who asks notices', async (context) => {
  const shop = needShop(context, opened)
  const { port: killedPort } = new URL(shop.addressOf('catalogue-2'))
  const killed = (await instancesOf(shop, 'catalogue')).find(({ port }) => port === Number(killedPort))
  const asking = keepAsking(() => browse(shop), { callers: 8 })
  await expect.poll(() => asking.answers.length, patience).toBeGreaterThan(50)
  await shop.kill('catalogue-2')

  const ofKilled = async () => (await instancesOf(shop, 'catalogue')).find(({ id }) => id === killed?.id)?.isPassing ?? false
  await expect.poll(ofKilled, patience).toBe(false)
  await shop.ready()
  await asking.end()
  expect(new Set(asking.answers.map(({ status }) => status))).toEqual(new Set([200]))
})

it('goes on with the instances it knows while Consul is away, and registers again when it is back', async (context) => {
  const shop = needShop(context, opened)
  const consul = shop.system.servers.consul!
  const asking = keepAsking(() => browse(shop))
  // it keeps everything in memory: what is listed afterwards was announced anew
  await consul.kill()
  const listed = () => registeredServices(shop).catch(() => [])
  await expect.poll(listed, patience).toEqual(services)
  const passing = async () => (await instancesOf(shop, 'orders')).filter(({ isPassing }) => isPassing).length
  await expect.poll(passing, patience).toBe(1)
  await asking.end()
  expect(new Set(asking.answers.map(({ status }) => status))).toEqual(new Set([200]))
})
