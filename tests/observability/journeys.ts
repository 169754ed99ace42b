import { randomUUID } from 'node:crypto'
import { brokerUrlOf } from '@deploy/local'
import { connectNats, natsOperator } from '@ashlar/messaging'
import { createLogger } from '@observability/telemetry'
import { expectTrace } from '@observability/telemetry/testing'
import { expect, vi } from 'vitest'
import { ask, Customer, type PlacedOrder, type StartedShop } from '../harness/index.ts'
import { patiently, type StackAnswers } from './ask-stack.ts'

/** Whoever takes part in an order that is kept. */
export const everyone = [
  'gateway',
  'users',
  'catalogue',
  'inventory',
  'orders',
  'payments',
  'card-provider',
  'shipping',
  'notifications',
] as const

/** An order, and the trace that begins at the door where it was placed. */
export interface SeenOrder {
  readonly order: PlacedOrder
  readonly traceId: string
}

/** What happened in the shop, for tests to find again. */
export interface Journeys {
  readonly confirmed: SeenOrder
  readonly declined: SeenOrder
  readonly outOfStock: SeenOrder
  /** What must be found nowhere. */
  readonly planted: Readonly<Record<string, string>>
}

/** Lets customers shop, twice over so that rates have two ends, with one message that nobody can read and one guesser turned away. */
export async function playJourneys(shop: StartedShop, stack: StackAnswers): Promise<Journeys> {
  await untilSeen(shop, stack)
  await sendUnreadableMessage(shop)
  await guessTokens(shop)
  await placeOrders(shop)
  await untilScraped(shop, stack)
  return placeOrders(shop)
}

async function placeOrders(shop: StartedShop): Promise<Journeys> {
  const [password, card] = [`sesame-${randomUUID()}`, `tok_planted_${randomUUID()}`]
  const customer = await Customer.register(shop.url, { name: 'Zenobia', password })
  const key = randomUUID()
  const confirmed = await customer.places({ key, lines: [{ sku: 'TEA-EARL-GREY', quantity: 2 }] })
  // Asked once more, answered as before.
  await customer.places({ key, lines: [{ sku: 'TEA-EARL-GREY', quantity: 2 }] })
  const declined = await customer.places({ card })
  const outOfStock = await customer.places({ sku: 'POT-CAST-IRON', quantity: 500 })
  await expect(confirmed).toEndAs('confirmed')
  await expect(declined).toEndAs('rejected', { reason: 'card_declined' })
  await expect(outOfStock).toEndAs('rejected', { reason: 'out_of_stock' })
  const planted = { password, card, accessToken: customer.session.accessToken, refreshToken: customer.session.refreshToken }
  return { confirmed: await seen(confirmed), declined: await seen(declined), outOfStock: await seen(outOfStock), planted }
}

async function seen(order: PlacedOrder): Promise<SeenOrder> {
  const { steps } = await order.history()
  return { order, traceId: steps[0]?.traceId ?? '' }
}

/** Every process looks for the collector by itself: places orders until all of them have found it. */
async function untilSeen(shop: StartedShop, stack: StackAnswers): Promise<void> {
  const customer = await shop.customer()
  await vi.waitFor(
    async () => {
      const order = await customer.places()
      await order.ended()
      const { traceId } = await seen(order)
      await vi.waitFor(async () => expectTrace(await stack.trace(traceId)).isOf(...everyone), { timeout: 2_000, interval: 200 })
    },
    { timeout: 60_000, interval: 500 },
  )
}

/** Waits until Prometheus has found every process and asked it once more. */
async function untilScraped({ system }: StartedShop, stack: StackAnswers): Promise<void> {
  const from = Date.now() / 1_000
  const wanted = [...system.topology.services, 'gateway']
  await vi.waitFor(async () => {
    const scraped = await stack.now(`timestamp(up{job="services"} == 1) > ${from}`)
    expect(new Set(scraped.map(({ labels }) => labels['service']))).toEqual(new Set(wanted))
  }, patiently)
}

async function sendUnreadableMessage({ system }: StartedShop): Promise<void> {
  const url = await brokerUrlOf(natsOperator, { folder: system.folder, url: system.topology.natsUrl })
  const bus = await connectNats({ url: url!, name: 'vandal', logger: createLogger({ service: 'vandal', level: 'silent' }) })
  await bus.publish({ transportId: randomUUID(), subject: 'orders.order-confirmed.v1', headers: {}, payload: 'not an envelope' })
  await bus.close()
}

async function guessTokens({ url }: StartedShop): Promise<void> {
  for (let guess = 0; guess < 5; guess += 1) await ask(url, { path: '/v1/users/me', token: `guess-${guess}` })
}
