import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readStock, readTakings } from '../harness/books.ts'
import { readMail } from '../harness/mailbox.ts'
import { openShop } from '../harness/open-shop.ts'

const shop = await openShop()

async function onHand(sku: string): Promise<number | undefined> {
  return (await readStock(shop)).find((line) => line.sku === sku)?.onHand
}

async function takingsOf({ id }: { id: string }) {
  return (await readTakings(shop)).get(id) ?? { chargedMinor: 0, refundedMinor: 0 }
}

describe('an order that can be kept', () => {
  it('is confirmed: stock taken, card charged, parcel on its way', async () => {
    const before = await onHand('CUP-STONEWARE')
    const order = await (await shop.customer()).places({ sku: 'CUP-STONEWARE', quantity: 3 })
    await expect(order).toEndAs('confirmed')
    const { total } = await order.ended()
    expect(await takingsOf(order)).toEqual({ chargedMinor: total.amountMinor, refundedMinor: 0 })
    expect(await onHand('CUP-STONEWARE')).toBe((before ?? 0) - 3)
    await expect(shop).toBalance()
  })

  it('is confirmed with several lines, the same product on two of them', async () => {
    const [tea, honey] = [await onHand('TEA-ROOIBOS'), await onHand('HONEY-LINDEN')]
    const lines = [
      { sku: 'TEA-ROOIBOS', quantity: 1 },
      { sku: 'HONEY-LINDEN', quantity: 2 },
      { sku: 'TEA-ROOIBOS', quantity: 4 },
    ]
    const order = await (await shop.customer()).places({ lines })
    await expect(order).toEndAs('confirmed')
    expect([await onHand('TEA-ROOIBOS'), await onHand('HONEY-LINDEN')]).toEqual([(tea ?? 0) - 5, (honey ?? 0) - 2])
    await expect(shop).toBalance()
  })

  it('is confirmed although the provider stumbles twice', async () => {
    const order = await (await shop.customer()).places({ card: 'tok_flaky' })
    await expect(order).toEndAs('confirmed')
    const { total } = await order.ended()
    expect(await takingsOf(order)).toEqual({ chargedMinor: total.amountMinor, refundedMinor: 0 })
    await expect(shop).toBalance()
  })
})

describe('an order that cannot be kept', () => {
  it('gives its stock back when the card is declined', async () => {
    const before = await onHand('POT-PORCELAIN')
    const order = await (await shop.customer()).places({ sku: 'POT-PORCELAIN', quantity: 2, card: 'tok_declined' })
    await expect(order).toEndAs('rejected', { reason: 'card_declined' })
    expect(await order.course()).toEqual(['reserve stock do done', 'charge do refused', 'reserve stock undo done'])
    expect(await onHand('POT-PORCELAIN')).toBe(before)
    expect(await takingsOf(order)).toEqual({ chargedMinor: 0, refundedMinor: 0 })
    await expect(shop).toBalance()
  })

  it('charges nothing when there is not enough, and says what is left', async () => {
    const order = await (await shop.customer()).places({ sku: 'COFFEE-GEISHA', quantity: 3 })
    await expect(order).toEndAs('rejected', { reason: 'out_of_stock' })
    const { steps } = await order.history()
    expect(steps).toMatchObject([{ step: 'reserve stock', status: 'refused', detail: { sku: 'COFFEE-GEISHA', available: '2' } }])
    expect(await takingsOf(order)).toEqual({ chargedMinor: 0, refundedMinor: 0 })
    await expect(shop).toBalance()
  })

  it('sets nothing aside when one line of several is short', async () => {
    const before = await onHand('TEA-ASSAM')
    const lines = [
      { sku: 'TEA-ASSAM', quantity: 5 },
      { sku: 'BOOK-WORLD-ATLAS-COFFEE', quantity: 2 },
    ]
    const order = await (await shop.customer()).places({ lines })
    await expect(order).toEndAs('rejected', { reason: 'out_of_stock' })
    expect(await onHand('TEA-ASSAM')).toBe(before)
    await expect(shop).toBalance()
  })

  it('gives money and stock back when nobody can deliver there', async () => {
    const before = await onHand('GAIWAN-WHITE')
    const order = await (await shop.customer()).places({ sku: 'GAIWAN-WHITE', country: 'AQ' })
    await expect(order).toEndAs('rejected', { reason: 'address_not_served' })
    expect(await order.course()).toEqual([
      'reserve stock do done',
      'charge do done',
      'schedule shipment do refused',
      'charge undo done',
      'reserve stock undo done',
    ])
    const { total } = await order.ended()
    expect(await takingsOf(order)).toEqual({ chargedMinor: total.amountMinor, refundedMinor: total.amountMinor })
    expect(await onHand('GAIWAN-WHITE')).toBe(before)
    await expect(shop).toBalance()
  })
})

describe('calling an order off', () => {
  it('works while the card is being charged: all is given back', async () => {
    const before = await onHand('KETTLE-GOOSENECK')
    const order = await (await shop.customer()).places({ sku: 'KETTLE-GOOSENECK', card: 'tok_slow' })
    await order.reached('charge')
    const answer = await order.cancels()
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({ id: order.id, status: 'pending' })
    await expect(order).toEndAs('cancelled')
    const { chargedMinor, refundedMinor } = await takingsOf(order)
    expect(chargedMinor - refundedMinor).toBe(0)
    expect(await onHand('KETTLE-GOOSENECK')).toBe(before)
    await expect(shop).toBalance()
  })

  it('may be repeated', async () => {
    const order = await (await shop.customer()).places({ card: 'tok_slow' })
    await order.reached('charge')
    expect((await order.cancels()).status).toBe(202)
    expect((await order.cancels()).status).toBe(202)
    await expect(order).toEndAs('cancelled')
    const again = await order.cancels()
    expect([again.status, again.body.status]).toEqual([202, 'cancelled'])
    await expect(shop).toBalance()
  })

  it('is too late once the parcel is under way, or the order was rejected', async () => {
    const customer = await shop.customer()
    const [confirmed, rejected] = [await customer.places(), await customer.places({ card: 'tok_declined' })]
    await expect(confirmed).toEndAs('confirmed')
    await expect(rejected).toEndAs('rejected')
    expect(await confirmed.cancels()).toBeProblem(409, 'too_late_to_cancel')
    expect(await rejected.cancels()).toBeProblem(409, 'too_late_to_cancel')
    await expect(confirmed).toEndAs('confirmed')
    await expect(shop).toBalance()
  })

  it('either comes in time or is refused, and the order ends accordingly', async () => {
    const customer = await shop.customer()
    const orders = await Promise.all(Array.from({ length: 12 }, () => customer.places({ sku: 'BISCUITS-CANTUCCI', key: randomUUID() })))
    const ends = await Promise.all(
      orders.map(async (order) => {
        const { status } = await order.cancels()
        return [status, (await order.ended()).status]
      }),
    )
    for (const end of ends)
      expect([
        [202, 'cancelled'],
        [409, 'confirmed'],
      ]).toContainEqual(end)
    await expect(shop).toBalance()
  })
})

describe('what customers are told', () => {
  const subjects: Record<string, string> = {
    confirmed: 'Your order is confirmed',
    rejected: 'We could not keep your order',
    cancelled: 'Your order is cancelled',
  }

  it('is one message for each order, in the shop and in their mailbox', async () => {
    const customer = await shop.customer()
    const wishes = Array.from({ length: 12 }, (_, index) => ({ card: index % 3 === 0 ? 'tok_declined' : 'tok_visa' }))
    const orders = await Promise.all(wishes.map((wish) => customer.places(wish)))
    await orders[1]?.cancels()
    const ends = await Promise.all(orders.map((order) => order.ended()))

    const told = async () => (await customer.asks({ path: '/v1/notifications?limit=100' })).body.items
    await expect.poll(async () => (await told()).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(orders.length)
    const messages = await told()
    const byOrder = messages.map(({ orderId, subject }: Record<string, string>) => `${orderId} ${subject}`).toSorted()
    expect(byOrder).toEqual(ends.map(({ id, status }) => `${id} ${subjects[status]}`).toSorted())

    const mail = (await readMail(shop)).filter(({ to }) => to === customer.email)
    const shown = messages.map(({ id, subject, text }: Record<string, string>) => ({ id, to: customer.email, subject, text }))
    expect(mail.toSorted(byId)).toEqual(shown.toSorted(byId))
    await expect(shop).toBalance()
  })
})

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1
}
