import { join } from 'node:path'
import { brokerUrlOf, prepareKeys } from '@deploy/local'
import { afterAll, expect, it } from 'vitest'
import { ask } from '../harness/index.ts'
import { readMail } from '../harness/mailbox.ts'
import { openShop } from '../harness/open-shop.ts'
import { runProgram } from '../harness/run-program.ts'
import { repository } from '../harness/shop.ts'

const services = ['users', 'catalogue', 'inventory', 'orders', 'payments', 'shipping', 'notifications']

// the servers, the databases, the keys and the gateway; the services come below
const shop = await openShop({ only: [] })
const { folder, topology } = shop.system
const { keyFileOf, publicKeysFile, accessKeysFile } = await prepareKeys({ folder, names: [...services, 'gateway'] })
const ownVariables = await Promise.all(
  services.map(async (service) => ({
    [`${service.toUpperCase()}_DATABASE_URL`]: await shop.databaseUrl(service),
    [`${service.toUpperCase()}_KEY_FILE`]: keyFileOf(service),
  })),
)
const cardProvider = await runProgram(join(repository, 'tools/card-provider/src/main.ts'), {
  CARD_PROVIDER_PORT: new URL(shop.cardProviderUrl).port,
  CARD_PROVIDER_LEDGER_FILE: join(folder, 'card-provider', 'ledger.jsonl'),
})
const allServices = await runProgram(join(repository, 'tests/harness/one-process.ts'), {
  // several services in one process: a user with the permissions of all of them
  NATS_URL: (await brokerUrlOf('operator', { folder, url: topology.natsUrl })) ?? '',
  REGISTRY_URL: topology.registryUrl,
  PUBLIC_KEYS_FILE: publicKeysFile,
  DRAIN_PROPAGATION_MS: '0',
  USERS_ACCESS_KEYS_FILE: accessKeysFile,
  PAYMENTS_CARD_PROVIDER_URL: shop.cardProviderUrl,
  NOTIFICATIONS_MAIL_DIR: join(folder, 'mail'),
  ...Object.assign({}, ...ownVariables),
})
afterAll(async () => {
  await allServices[Symbol.asyncDispose]()
  await cardProvider[Symbol.asyncDispose]()
})

it('serves every service behind one port, each on its own database', async () => {
  expect(allServices.announcement.services).toEqual(services.map((service) => `${service}.v1`))
  const { host, port } = allServices.announcement
  const { status, body } = await ask(`http://${host}:${port}`, { path: '/health/ready' })
  expect(status).toBe(200)
  expect(Object.keys(body.dependencies)).toEqual(expect.arrayContaining(services.map((service) => `${service} database`)))
})

it('brings orders to their ends as many processes would', async () => {
  const customer = await shop.customer()
  const confirmed = await customer.places({ lines: [{ sku: 'TEA-EARL-GREY', quantity: 2 }] })
  const declined = await customer.places({ card: 'tok_declined' })
  const shortOfStock = await customer.places({ sku: 'BOOK-WORLD-ATLAS-COFFEE', quantity: 2 })
  const nowhere = await customer.places({ country: 'AQ' })
  await expect(confirmed).toEndAs('confirmed')
  await expect(declined).toEndAs('rejected', { reason: 'card_declined' })
  await expect(shortOfStock).toEndAs('rejected', { reason: 'out_of_stock' })
  await expect(nowhere).toEndAs('rejected', { reason: 'address_not_served' })
  await expect(shop).toBalance()

  const told = async () => (await readMail(shop)).filter(({ to }) => to === customer.email).length
  await expect.poll(told, { timeout: 60_000 }).toBe(4)
})

it('brings many orders at once to their ends', async () => {
  const customer = await shop.customer()
  const orders = await Promise.all(Array.from({ length: 30 }, () => customer.places({ sku: 'BISCUITS-SHORTBREAD' })))
  await expect(shop).toBalance()
  const ends = await Promise.all(orders.map((order) => order.ended()))
  expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['confirmed']))
})
