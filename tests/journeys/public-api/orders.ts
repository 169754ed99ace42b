import type { OutputOf } from '@ashlar/contract'
import type { Orders } from '@contracts/orders'
import { describe, expect, it } from 'vitest'
import type { StartedShop } from '../../harness/index.ts'

type OrderPage = OutputOf<Orders['operations']['listOrders']>

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const nobodysOrder = '01935b00-7e57-7000-8000-00000000ffff'

/** Placing orders and looking at them. */
export function orders(shop: StartedShop): void {
  describe('orders', () => {
    it('accepts an order at the prices of the moment', async () => {
      const customer = await shop.customer()
      const lines = [
        { sku: 'TEA-EARL-GREY', quantity: 2 },
        { sku: 'TEA-SENCHA', quantity: 1 },
      ]
      const answer = await customer.orders({ lines })
      expect(answer.status).toBe(202)
      expect(answer.body).toEqual({
        id: uuid,
        status: 'pending',
        lines: [
          { sku: 'TEA-EARL-GREY', name: 'Earl Grey', quantity: 2, unitPrice: { amountMinor: 1250, currency: 'EUR' } },
          { sku: 'TEA-SENCHA', name: 'Sencha', quantity: 1, unitPrice: { amountMinor: 1690, currency: 'EUR' } },
        ],
        total: { amountMinor: 4190, currency: 'EUR' },
        createdAt: instant,
      })
    })

    it('shows an order, with what it was accepted as and how it ended', async () => {
      const customer = await shop.customer()
      const { body: accepted } = await customer.orders()
      const order = await customer.places({ card: 'tok_declined' })
      await expect(order).toEndAs('rejected')
      const { status, body } = await customer.asks({ path: `/v1/orders/${order.id}` })
      expect(status).toBe(200)
      expect(body).toEqual({ ...accepted, id: order.id, status: 'rejected', reason: 'card_declined', createdAt: instant })
    })

    it('tells the history of an order, step by step', async () => {
      const order = await (await shop.customer()).places()
      await expect(order).toEndAs('confirmed')
      const step = (name: string) => ({
        step: name,
        direction: 'do',
        status: 'done',
        attempts: 1,
        startedAt: instant,
        endedAt: instant,
        durationMs: expect.any(Number),
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      })
      expect(await order.history()).toEqual({
        orderId: order.id,
        status: 'completed',
        startedAt: instant,
        endedAt: instant,
        durationMs: expect.any(Number),
        steps: ['reserve stock', 'charge', 'schedule shipment', 'commit stock'].map(step),
      })
    })

    it('does not show anybody else’s order, nor that there is one', async () => {
      const [owner, stranger] = await Promise.all([shop.customer(), shop.customer()])
      const order = await owner.places()
      for (const id of [order.id, nobodysOrder]) {
        expect(await stranger.asks({ path: `/v1/orders/${id}` })).toBeProblem(404, 'order_not_found')
        expect(await stranger.asks({ path: `/v1/orders/${id}/history` })).toBeProblem(404, 'order_not_found')
        const cancellation = { method: 'POST', path: `/v1/orders/${id}/cancellation` }
        expect(await stranger.asks(cancellation)).toBeProblem(404, 'order_not_found')
      }
      expect((await stranger.asks({ path: '/v1/orders' })).body).toEqual({ items: [] })
      await expect(order).toEndAs('confirmed')
    })

    it('lists a customer’s orders, newest first, page by page', async () => {
      const customer = await shop.customer()
      const placed: string[] = []
      for (let count = 0; count < 5; count += 1) placed.unshift((await customer.places()).id)
      const seen: string[] = []
      let query = '?limit=2'
      while (query !== '') {
        const { body } = await customer.asks<OrderPage>({ path: `/v1/orders${query}` })
        seen.push(...body.items.map(({ id }) => id))
        query = body.nextCursor === undefined ? '' : `?limit=2&cursor=${body.nextCursor}`
      }
      expect(seen).toEqual(placed)
    })

    it('lists the orders of one status', async () => {
      const customer = await shop.customer()
      const [confirmed, rejected] = await Promise.all([customer.places(), customer.places({ card: 'tok_declined' })])
      await Promise.all([expect(confirmed).toEndAs('confirmed'), expect(rejected).toEndAs('rejected')])
      const { body } = await customer.asks<OrderPage>({ path: '/v1/orders?status=rejected' })
      expect(body.items.map(({ id, status }) => ({ id, status }))).toEqual([{ id: rejected.id, status: 'rejected' }])
      expect(await customer.asks({ path: '/v1/orders?status=lost' })).toBeProblem(400, 'invalid_input', { issueAt: ['status'] })
      expect(await customer.asks({ path: '/v1/orders?cursor=bm8' })).toBeProblem(400, 'invalid_cursor')
    })

    it('names what it does not sell', async () => {
      const answer = await (await shop.customer()).orders({ sku: 'TEA-OF-THE-GODS' })
      expect(answer).toBeProblem(404, 'unknown_product')
      expect(answer.body.data).toEqual({ sku: 'TEA-OF-THE-GODS' })
    })

    it('names the line and the field that are wrong', async () => {
      const customer = await shop.customer()
      const lines = [
        { sku: 'TEA-SENCHA', quantity: 1 },
        { sku: 'tea', quantity: 0, colour: 'green' },
      ]
      const answer = await customer.orders({ lines })
      expect(answer).toBeProblem(400, 'invalid_input', { issueAt: ['lines', 1, 'sku'] })
      expect(answer).toBeProblem(400, 'invalid_input', { issueAt: ['lines', 1, 'quantity'] })
      expect(answer).toBeProblem(400, 'invalid_input', { issueAt: ['lines', 1, 'colour'] })
      expect(await customer.orders({ lines: [] })).toBeProblem(400, 'invalid_input', { issueAt: ['lines'] })
      expect(await customer.orders({ country: 'England' })).toBeProblem(400, 'invalid_input', { issueAt: ['shipTo', 'country'] })
    })
  })
}
