import { earlierData } from '@ashlar/contract'
import {
  connectNats,
  earlierEnvelope,
  eventEnvelope,
  headersOf,
  newId,
  openDeadLetters,
  type DeadLetter,
  type Envelope,
} from '@ashlar/messaging'
import { openRegistry } from '@ashlar/discovery'
import { sendCommand } from '@ashlar/persistence'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import { ordersAtFirst, ordersAtFirstService, ordersTables, ordersV1Service, ordersV2, ordersV2Service } from './testing/orders-majors.ts'
import { counterService, ledger, ledgerService, printer, printerService, readersTables } from './testing/orders-readers.ts'
import { silent } from './testing/silent.ts'
import { Town, until } from './testing/town.ts'

let town: Town
let shop: Platform
let readers: Platform
beforeAll(async () => {
  town = await Town.make({ orders: ordersTables, printer: readersTables, ledger: readersTables, counter: readersTables })
  readers = await town.platform(['printer', 'ledger'])
  await using first = await town.platform(['orders'])
  await first.serve(ordersAtFirstService())
  // lies in the stream before anybody knew of a second version
  await oldClient().placeOrder({ sku: 'OLD', cents: 100 }, { idempotencyKey: 'old' })
  await until(published, (types) => types.length === 1)
})
afterAll(async () => {
  await Promise.all([shop.close(), readers.close()])
  await town[Symbol.asyncDispose]()
})

const oldClient = () => readers.client(ordersAtFirst, { as: printer })
const newClient = () => readers.client(ordersV2, { as: ledger })
async function published(): Promise<string[]> {
  const rows = await town
    .database('orders')
    .query<{ subject: string }>('select subject from platform.outbox where published_at is not null order by id')
  return rows.map(({ subject }) => subject)
}
const heard = (reader: 'printer' | 'ledger', how: string, count: number): Promise<Record<string, unknown>[]> =>
  until(
    async () => {
      const rows = await town
        .database(reader)
        .query<{ what: Record<string, unknown> }>('select what from heard where how = $1 order by id', [how])
      return rows.map(({ what }) => what)
    },
    (found) => found.length >= count,
  )
async function buried(): Promise<readonly DeadLetter[]> {
  const letters = await openDeadLetters(town.nats.url)
  try {
    return await letters.list({})
  } finally {
    await letters.close()
  }
}

describe('orders.v1 and orders.v2 in one process', () => {
  it('are called over HTTP by clients of each, and keep the same orders', async () => {
    shop = await town.platform(['orders'])
    const server = await shop.serve(ordersV1Service(), ordersV2Service())
    await readers.serve(printerService(), ledgerService())

    const placedV1 = (await oldClient().placeOrder({ sku: 'TEA', cents: 250 }, { idempotencyKey: 'a' })).orThrow()
    expect(placedV1).toEqual({ orderId: expect.any(String), sku: 'TEA', cents: 250 })
    const price = { amountMinor: 300, currency: 'GBP' } as const
    const placedV2 = (await newClient().placeOrder({ sku: 'POT', price }, { idempotencyKey: 'a' })).orThrow()
    expect(placedV2).toEqual({ orderId: expect.any(String), sku: 'POT', price })

    const { orderId } = placedV1
    expect((await newClient().getOrder({ orderId })).orThrow()).toEqual({
      orderId,
      sku: 'TEA',
      price: { amountMinor: 250, currency: 'EUR' },
    })
    expect((await oldClient().getOrder({ orderId: placedV2.orderId })).orThrow()).toMatchObject({ sku: 'POT', cents: 300 })
    const ready = (await (await fetch(`http://${server.host}:${server.port}/health/ready`)).json()) as object
    expect(ready).toMatchObject({ status: 'ready', dependencies: { 'orders database': { healthy: true } } })
    const metrics = await (await fetch(`http://${server.host}:${server.port}/metrics`)).text()
    expect(metrics.match(/^# TYPE messaging_client_sent_messages/gm)).toHaveLength(1)
  })

  it('are found in the registry under the one name, each by its major', async () => {
    const registry = openRegistry(town.environment([])['REGISTRY_URL'] ?? '', { logger: silent })
    const watch = registry.watch('orders')
    await watch.ready
    expect(
      watch
        .instances()
        .flatMap(({ contracts }) => contracts)
        .toSorted(),
    ).toEqual(['orders.v1', 'orders.v2'])
    expect(new Set(watch.instances().map(({ port }) => port)).size).toBe(1)
    await registry.close()
  })

  it('are sent commands of each, to consumers of their own', async () => {
    const identity = await town.identity('printer')
    await town.database('printer').transaction(async (tx) => {
      const common = { identity, subject: newId() }
      await sendCommand(tx, { ...common, operation: ordersAtFirst.placeOrder, input: { sku: 'SENT1', cents: 1 }, stepKey: 'sent' })
      const input = { sku: 'SENT2', price: { amountMinor: 2, currency: 'EUR' } }
      await sendCommand(tx, { ...common, operation: ordersV2.placeOrder, input, stepKey: 'sent' })
    })
    const kept = () => town.database('orders').query(`select sku from orders where sku like 'SENT%' order by sku`)
    expect(await until(kept, (rows) => rows.length === 2)).toEqual([{ sku: 'SENT1' }, { sku: 'SENT2' }])
  })

  it('announce every order once to readers of each version, those from before the second one too', async () => {
    await newClient().placeOrder({ sku: 'LAST', price: { amountMinor: 9, currency: 'EUR' } }, { idempotencyKey: 'last' })
    const bySku = (orders: Record<string, unknown>[]) => Object.fromEntries(orders.map(({ sku, cents, price }) => [sku, cents ?? price]))
    const printed = await heard('printer', 'printed', 6)
    expect(bySku(printed)).toEqual({ OLD: 100, TEA: 250, POT: 300, SENT1: 1, SENT2: 2, LAST: 9 })
    const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
    const asNow = {
      OLD: euros(100),
      TEA: euros(250),
      POT: { amountMinor: 300, currency: 'GBP' },
      SENT1: euros(1),
      SENT2: euros(2),
      LAST: euros(9),
    }
    for (const how of ['added', 'added in turn']) {
      const added = await heard('ledger', how, 6)
      expect(bySku(added)).toEqual(asNow)
      expect(added).toHaveLength(6)
    }
    expect(printed).toHaveLength(6)
    expect(await heard('ledger', 'as it was', 6)).toHaveLength(6)
    expect(bySku(await heard('ledger', 'as it was', 6))).toEqual(bySku(printed))
    const types = await published()
    expect(types.filter((type) => type === 'orders.order-placed.v1')).toHaveLength(6)
    expect(types.filter((type) => type === 'orders.order-placed.v2')).toHaveLength(5)
    expect(await buried()).toEqual([])
  })
})

describe('a message in an earlier version', () => {
  const told = (orderId: string) => {
    const data = { orderId, sku: orderId, price: { amountMinor: 7, currency: 'GBP' } }
    const original = eventEnvelope({ service: 'orders', event: ordersV2.events.orderPlaced, data, aggregateVersion: 1 })
    const [copy] = earlierData(ordersV2.events.orderPlaced, data).map((earlier) => earlierEnvelope(original, earlier))
    if (copy === undefined) throw new Error('nothing is made of it')
    return { original, copy }
  }
  const publish = async (...envelopes: readonly Envelope[]) => {
    const bus = await connectNats({ url: town.nats.url, name: 'test', logger: silent })
    for (const envelope of envelopes)
      await bus.publish({ transportId: newId(), subject: envelope.type, headers: headersOf(envelope), payload: JSON.stringify(envelope) })
    await bus.close()
  }
  const added = async (sku: string) => (await heard('ledger', 'added', 0)).filter((order) => order['sku'] === sku)

  it('gives way to the newer one of the same fact, even where it comes first', async () => {
    const { original, copy } = told('FIRST')
    await publish(copy, original)
    expect(
      await until(
        () => added('FIRST'),
        (found) => found.length > 0,
      ),
    ).toMatchObject([{ price: { currency: 'GBP' } }])
    await publish(copy)
    await publish(told('AFTER').original)
    await until(
      () => added('AFTER'),
      (found) => found.length > 0,
    )
    expect(await added('FIRST')).toHaveLength(1)
  })

  it('is taken when the newer one does not come, so that nothing is lost', async () => {
    await publish(told('ALONE').copy)
    expect(
      await until(
        () => added('ALONE'),
        (found) => found.length > 0,
      ),
    ).toMatchObject([{ price: { amountMinor: 7, currency: 'EUR' } }])
  })
})

it('a reader that is rolled out hears every fact once, whichever of its instances takes it, and buries none', async () => {
  await using old = await town.platform(['counter'])
  await old.serve(counterService('yesterday'))
  await using fresh = await town.platform(['counter'])
  await fresh.serve(counterService('today'))
  const skus = Array.from({ length: 12 }, (_, at) => `ROLLED${at}`)
  const price = { amountMinor: 5, currency: 'GBP' } as const
  for (const sku of skus) await newClient().placeOrder({ sku, price }, { idempotencyKey: sku })
  const counted = async () => {
    const rows = await town
      .database('counter')
      .query<{ sku: string }>(`select what->>'sku' as sku from heard where what->>'sku' like 'ROLLED%'`)
    return rows.map(({ sku }) => sku).toSorted()
  }
  await until(counted, (found) => new Set(found).size === skus.length)
  expect(await counted()).toEqual(skus.toSorted())
  expect(await buried()).toEqual([])
})

it('refuses one name for reactions of two majors, which would share what they hear', async () => {
  await using platform = await town.platform(['printer'])
  const again = { ...printerService(), contract: { ...printer, version: 2, id: 'printer.v2' } }
  await expect(platform.serve(printerService(), again)).rejects.toThrow('printer.v1 and printer.v2 both react in onOrderPlaced')
})
