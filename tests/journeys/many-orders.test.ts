import { expect, it } from 'vitest'
import { openShop } from '../harness/open-shop.ts'
import type { PlacedOrder } from '../harness/index.ts'
import { rush } from '../harness/rush.ts'

const shop = await openShop()
const customers = await Promise.all(Array.from({ length: 10 }, () => shop.customer()))
const everything: PlacedOrder[] = []

/** Waits until nothing is under way any more, and gives how many orders ended in each way. */
async function endsOf(orders: readonly PlacedOrder[]): Promise<Record<string, number>> {
  everything.push(...orders)
  await expect(shop).toBalance()
  const ends: Record<string, number> = {}
  for (const { status, reason } of await Promise.all(orders.map((order) => order.ended()))) {
    const end = reason === undefined ? status : `${status}: ${reason}`
    ends[end] = (ends[end] ?? 0) + 1
  }
  return ends
}

it('brings two hundred orders at once to their ends, stock and money exact', async () => {
  const ends = await endsOf(await rush({ customers, count: 200 }))
  const { confirmed = 0, 'rejected: card_declined': declined = 0, 'rejected: out_of_stock': sold = 0, ...others } = ends
  expect(others).toEqual({})
  expect(confirmed + declined + sold).toBe(200)
  expect(Math.min(confirmed, declined, sold)).toBeGreaterThan(0)
})

it.each(['orders', 'inventory', 'payments', 'shipping', 'gateway', 'notifications', 'card-provider'])(
  'loses nothing when %s is killed in the middle',
  async (victim) => {
    const { pid } = shop.system.processes.get(victim)!
    const ends = await endsOf(await rush({ customers, count: 60, inTheMiddle: () => shop.kill(victim) }))
    const { confirmed = 0, 'rejected: card_declined': declined = 0, 'rejected: out_of_stock': sold = 0, ...others } = ends
    expect(others).toEqual({})
    expect(confirmed + declined + sold).toBe(60)
    await shop.ready()
    expect(shop.system.processes.get(victim)?.pid).not.toBe(pid)
  },
)

it('has told every customer about every order, once', async () => {
  for (const customer of customers) {
    const orders = everything.filter((order) => order.customer === customer).map(({ id }) => id)
    const told = async (): Promise<string[]> => {
      const { body } = await customer.asks({ path: '/v1/notifications?limit=100' })
      return body.items.map(({ orderId }: { orderId: string }) => orderId)
    }
    await expect.poll(async () => (await told()).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(orders.length)
    expect((await told()).toSorted()).toEqual(orders.toSorted())
  }
})
