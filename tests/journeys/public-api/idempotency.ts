import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { orderBody, type StartedShop } from '../../harness/index.ts'

/** What a repeated request may do: nothing more. */
export function idempotency(shop: StartedShop): void {
  describe('the idempotency key of an order', () => {
    it('is required', async () => {
      const customer = await shop.customer()
      const answer = await customer.asks({ method: 'POST', path: '/v1/orders', body: orderBody() })
      expect(answer).toBeProblem(400, 'idempotency_key_required')
    })

    it('must be one that can be kept', async () => {
      const customer = await shop.customer()
      expect(await customer.orders({ key: 'k'.repeat(256) })).toBeProblem(400, 'idempotency_key_invalid')
      expect(await customer.orders({ key: 'two words' })).toBeProblem(400, 'idempotency_key_invalid')
      expect(await customer.orders({ key: '' })).toBeProblem(400, 'idempotency_key_required')
    })

    it('answers a repeat as before, and makes one order', async () => {
      const customer = await shop.customer()
      const key = randomUUID()
      const first = await customer.orders({ key })
      const again = await customer.orders({ key })
      expect([again.status, again.body]).toEqual([202, first.body])
      expect(await countOrders(customer)).toBe(1)
    })

    it('answers a repeat as before when the order has moved on meanwhile', async () => {
      const customer = await shop.customer()
      const key = randomUUID()
      const order = await customer.places({ key })
      await expect(order).toEndAs('confirmed')
      expect((await customer.orders({ key })).body).toMatchObject({ id: order.id, status: 'pending' })
    })

    it('is not taken for another order', async () => {
      const customer = await shop.customer()
      const key = randomUUID()
      await customer.places({ key })
      expect(await customer.orders({ key, quantity: 2 })).toBeProblem(422, 'idempotency_key_reused')
      expect(await customer.orders({ key, card: 'tok_declined' })).toBeProblem(422, 'idempotency_key_reused')
      expect(await countOrders(customer)).toBe(1)
    })

    it('remembers a refusal too', async () => {
      const customer = await shop.customer()
      const wish = { key: randomUUID(), sku: 'TEA-OF-THE-GODS' }
      expect(await customer.orders(wish)).toBeProblem(404, 'unknown_product')
      expect(await customer.orders(wish)).toBeProblem(404, 'unknown_product')
      expect(await customer.orders({ key: wish.key })).toBeProblem(422, 'idempotency_key_reused')
    })

    it('is not spent by a request that could not be read', async () => {
      const customer = await shop.customer()
      const key = randomUUID()
      expect(await customer.orders({ key, quantity: 0 })).toBeProblem(400, 'invalid_input')
      expect((await customer.orders({ key })).status).toBe(202)
    })

    it('belongs to one customer', async () => {
      const [ada, bob] = await Promise.all([shop.customer(), shop.customer()])
      const key = randomUUID()
      const [adas, bobs] = await Promise.all([ada.places({ key }), bob.places({ key })])
      expect(adas.id).not.toBe(bobs.id)
    })

    it('makes one order of many requests at once; those that come too soon are told so', async () => {
      const customer = await shop.customer()
      const key = randomUUID()
      const answers = await Promise.all(Array.from({ length: 24 }, () => customer.orders({ key })))
      const accepted = answers.filter(({ status }) => status === 202)
      const tooSoon = answers.filter(({ status }) => status !== 202)
      expect(accepted.length).toBeGreaterThan(0)
      expect(new Set(accepted.map(({ body }) => body.id)).size).toBe(1)
      for (const answer of tooSoon) expect(answer).toBeProblem(409, 'request_in_flight')
      expect((await customer.orders({ key })).body.id).toBe(accepted[0]?.body.id)
      expect(await countOrders(customer)).toBe(1)
    })
  })
}

async function countOrders(customer: Awaited<ReturnType<StartedShop['customer']>>): Promise<number> {
  return (await customer.asks({ path: '/v1/orders' })).body.items.length
}
