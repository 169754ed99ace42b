import { failed } from '@ashlar/contract'
import type { Sagas } from '@ashlar/saga'
import { settled, staged } from '@ashlar/service'
import { orderPlaced, orders } from '@contracts/orders'
import { annotate } from '@observability/telemetry'
import { place } from '../domain/order.ts'
import type { Clock, Ids, OrderStore, Prices } from '../ports.ts'
import { checkout } from '../sagas/checkout.ts'
import { shown } from './shown-order.ts'

interface Needs {
  readonly orderStore: OrderStore
  readonly prices: Prices
  readonly sagas: Pick<Sagas, 'start'>
  readonly ids: Ids
  readonly clock: Clock
}

/** Accept an order at today's prices, and start its checkout: no order without its saga, none without its event. */
export const placeOrder = staged(orders.placeOrder, ({ orderStore, prices, sagas, ids, clock }: Needs) => ({
  async open(request, { tx, stepKey }) {
    const known = await orderStore.findByStepKey(tx, stepKey)
    return known === undefined ? request : settled(shown(known))
  },
  effect: ({ lines }) => prices.of(lines),
  async complete({ lines, payment, shipTo }, pricing, { tx, emit, customer, stepKey }) {
    if (pricing.kind === 'unknown') return failed('unknown_product', { sku: pricing.sku })

    const order = place({ id: ids.next(), customerId: customer.id, lines: pricing.lines, now: clock.now() })
    const { id: orderId, customerId, total } = order
    annotate({ 'order.id': orderId, 'order.amount': total.amountMinor, 'order.currency': total.currency })
    await orderStore.insert(tx, order, stepKey)
    await sagas.start(checkout, { orderId, customerId, lines, total, payment, shipTo }, { tx })
    emit(orderPlaced, { orderId, customerId, lines: [...order.lines], total })
    return shown(order)
  },
}))
