import { failed } from '@ashlar/contract'
import { orders } from '@contracts/orders'
import { it } from 'vitest'
import { openDoorPact } from './at-the-door.ts'

const pact = openDoorPact(orders)
const orderId = '01935b00-0000-7000-8000-000000000001'
const nowhere = '01935b00-0000-7000-8000-0000000000ff'
const rejected = { name: 'the caller placed an order that was rejected', provides: { orderId } }
const order = {
  id: orderId,
  status: 'pending' as const,
  lines: [{ sku: 'TEA-EARL-GREY', name: 'Earl Grey', quantity: 1, unitPrice: { amountMinor: 1250, currency: 'EUR' } }],
  total: { amountMinor: 1250, currency: 'EUR' },
  createdAt: '2026-03-01T10:00:00.000Z',
}
const rejectedOrder = { ...order, status: 'rejected' as const, reason: 'card_declined' }
const wishFor = (sku: string) => ({
  lines: [{ sku, quantity: 1 }],
  payment: { method: 'card', token: 'tok_declined' },
  shipTo: { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
})

it('places an order', () =>
  pact.visit(orders.placeOrder, 'a product that is sold', {
    given: [{ name: 'a product is sold', parameters: { sku: 'TEA-EARL-GREY' } }],
    path: '/v1/orders',
    body: wishFor('TEA-EARL-GREY'),
    idempotencyKey: 'pact-order-1',
    answer: order,
  }))

it('names the product that nobody sells', () =>
  pact.visit(orders.placeOrder, 'a product that nobody sells', {
    given: [{ name: 'a product is not sold', parameters: { sku: 'TEA-UNHEARD-OF' } }],
    path: '/v1/orders',
    body: wishFor('TEA-UNHEARD-OF'),
    idempotencyKey: 'pact-order-2',
    answer: failed('unknown_product', { sku: 'TEA-UNHEARD-OF' }),
  }))

it('shows an order', () =>
  pact.visit(orders.getOrder, 'an order of the caller', { given: [rejected], path: `/v1/orders/${orderId}`, answer: rejectedOrder }))

it('shows nobody else’s order', () =>
  pact.visit(orders.getOrder, 'an order that is not there', { path: `/v1/orders/${nowhere}`, answer: failed('order_not_found') }))

it('lists orders, and where the next page begins', () =>
  pact.visit(orders.listOrders, 'orders of the caller that were rejected', {
    given: [rejected, rejected],
    path: '/v1/orders?status=rejected&limit=1',
    answer: { items: [rejectedOrder], nextCursor: 'c29tZXdoZXJl' },
  }))

it('refuses a cursor that it did not give', () =>
  pact.visit(orders.listOrders, 'a cursor that was never given', { path: '/v1/orders?cursor=nowhere', answer: failed('invalid_cursor') }))

it('tells how an order came to be what it is', () =>
  pact.visit(orders.getOrderHistory, 'an order that was rejected', {
    given: [rejected],
    path: `/v1/orders/${orderId}/history`,
    answer: {
      orderId,
      status: 'compensated',
      reason: 'card_declined',
      startedAt: '2026-03-01T10:00:00.000Z',
      endedAt: '2026-03-01T10:00:01.000Z',
      durationMs: 1_000,
      steps: [
        {
          step: 'reserve stock',
          direction: 'do',
          status: 'done',
          attempts: 1,
          startedAt: '2026-03-01T10:00:00.000Z',
          endedAt: '2026-03-01T10:00:00.400Z',
          durationMs: 400,
          traceId: '0af7651916cd43dd8448eb211c80319c',
        },
      ],
    },
  }))

it('tells nothing of an order that is not there', () =>
  pact.visit(orders.getOrderHistory, 'an order that is not there', {
    path: `/v1/orders/${nowhere}/history`,
    answer: failed('order_not_found'),
  }))

it('calls an order off', () =>
  pact.visit(orders.cancelOrder, 'an order whose checkout can still turn round', {
    given: [{ name: 'the caller placed an order whose payment takes its time', provides: { orderId } }],
    path: `/v1/orders/${orderId}/cancellation`,
    answer: order,
  }))

it('cannot call off what is not there', () =>
  pact.visit(orders.cancelOrder, 'an order that is not there', {
    path: `/v1/orders/${nowhere}/cancellation`,
    answer: failed('order_not_found'),
  }))

it('cannot call off what has ended', () =>
  pact.visit(orders.cancelOrder, 'an order that was rejected', {
    given: [rejected],
    path: `/v1/orders/${orderId}/cancellation`,
    answer: failed('too_late_to_cancel'),
  }))

it('is committed as it was told', () => pact.isKept())
