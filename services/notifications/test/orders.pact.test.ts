import { openPact } from '@ashlar/testing/pact'
import { orders } from '@contracts/orders'
import { expect, it } from 'vitest'
import { onOrderCancelled } from '../src/reactions/on-order-cancelled.ts'
import { onOrderConfirmed } from '../src/reactions/on-order-confirmed.ts'
import { onOrderRejected } from '../src/reactions/on-order-rejected.ts'
import { mailsAfter } from './telling.ts'

const pact = openPact({ consumer: 'notifications', provider: orders, contracts: new URL('../../../contracts/', import.meta.url) })
const order = {
  orderId: '01935b00-0000-7000-8000-000000000001',
  customerId: '01935b00-0000-7000-8000-0000000000aa',
  total: { amountMinor: 2505, currency: 'EUR' },
}
const { orderConfirmed, orderRejected, orderCancelled } = orders.events

it('tells the customer what was paid', () =>
  pact.event(orderConfirmed, 'an order that can be kept', {
    given: [{ name: 'an order was confirmed' }],
    data: order,
    tell: async (message) =>
      expect(await mailsAfter(onOrderConfirmed, message)).toMatchObject([
        { to: 'ada@example.com', text: expect.stringContaining('25.05 EUR') as string },
      ]),
  }))

it('tells the customer why an order cannot be kept', () =>
  pact.event(orderRejected, 'an order that cannot be kept', {
    given: [{ name: 'an order was rejected' }],
    data: { ...order, reason: 'card_declined' },
    tell: async (message) =>
      expect(await mailsAfter(onOrderRejected, message)).toMatchObject([{ text: 'Your card was declined. You have paid nothing.' }]),
  }))

it('tells the customer that an order was called off', () =>
  pact.event(orderCancelled, 'an order that was called off', {
    given: [{ name: 'an order was cancelled' }],
    data: order,
    tell: async (message) =>
      expect(await mailsAfter(onOrderCancelled, message)).toMatchObject([
        { text: expect.stringContaining('your order of 25.05 EUR') as string },
      ]),
  }))

it('is committed as it was told', () => pact.isKept())
