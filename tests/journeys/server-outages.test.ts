import { describe, expect, it } from 'vitest'
import { ask } from '../harness/index.ts'
import { insistOn } from '../harness/insist.ts'
import { keepDown } from '../harness/keep-down.ts'
import { openShop } from '../harness/open-shop.ts'
import { readinessOf } from '../harness/readiness.ts'
import { rush } from '../harness/rush.ts'

const shop = await openShop()
const customers = await Promise.all(Array.from({ length: 5 }, () => shop.customer()))
const services = ['users', 'catalogue', 'inventory', 'orders', 'payments', 'shipping', 'notifications']
const patience = { timeout: 90_000, interval: 100 }

const all = (word: (service: string) => string) => Object.fromEntries(services.map((service) => [service, word(service)]))

const outages = [
  { server: 'postgres', missed: (service: string) => `${service} database` },
  { server: 'nats', missed: () => 'broker' },
] as const

describe.each(outages)('when $server is killed in the middle of sixty orders', ({ server, missed }) => {
  it('services say what they miss, recover by themselves, and lose no order', async () => {
    const orders = await rush({
      customers,
      count: 60,
      async inTheMiddle() {
        await using outage = keepDown(shop.system.servers[server])
        await expect.poll(() => readinessOf(shop, services), patience).toEqual(all((service) => `503 not_ready: ${missed(service)}`))
        await outage.end()
        await expect.poll(() => readinessOf(shop, services), patience).toEqual(all(() => '200 ready'))
      },
    })
    const ends = await Promise.all(orders.map((order) => order.ended()))
    expect(ends.filter(({ status }) => status !== 'confirmed' && status !== 'rejected')).toEqual([])
    await expect(shop).toBalance()
  })
})

describe('the door', () => {
  it('says when to come back while no service behind it takes work', async () => {
    await using outage = keepDown(shop.system.servers.postgres)
    const browse = () => ask(shop.url, { path: '/v1/products' })
    await expect.poll(async () => (await browse()).body.code, patience).toBe('unavailable')
    const answer = await browse()
    expect(answer).toBeProblem(503, 'unavailable')
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    await outage.end()
    await expect.poll(async () => (await browse()).status, patience).toBe(200)
  })

  it('takes orders again after all of that', async () => {
    await expect.poll(() => readinessOf(shop, services), patience).toEqual(all(() => '200 ready'))
    const order = await insistOn(customers[0]!, {})
    await expect(order).toEndAs('confirmed')
    await expect(shop).toBalance()
  })
})
