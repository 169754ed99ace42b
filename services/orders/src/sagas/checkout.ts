import { defineSaga } from '@ashlar/saga'
import { inventory } from '@contracts/inventory'
import { orders } from '@contracts/orders'
import { payments } from '@contracts/payments'
import { shipping } from '@contracts/shipping'
import { stockLines } from '../domain/order.ts'
import { Checkout } from './checkout-state.ts'
import { confirmOrder } from './confirm-order.ts'
import { flagOrder } from './flag-order.ts'
import { rejectOrder } from './reject-order.ts'

const orderOf = ({ orderId }: Checkout) => ({ orderId })
const stockOf = ({ orderId, lines }: Checkout) => ({ orderId, lines: stockLines(lines) })
const chargeOf = ({ orderId, total, payment }: Checkout) => ({ orderId, amount: total, payment })
const parcelOf = ({ orderId, shipTo }: Checkout) => ({ orderId, shipTo })

/**
 * Secures an order: stock, then money, then the shipment, which is the point of no return. Before it everything is given
 * back in reverse; after it there is only forward.
 */
export const checkout = defineSaga('checkout', {
  version: 1,
  state: Checkout,
  key: ({ orderId }) => orderId,
  emits: [orders.events.orderConfirmed, orders.events.orderRejected, orders.events.orderCancelled],
})
  .step('reserve stock', { send: inventory.reserveStock, with: stockOf, undo: { send: inventory.releaseStock, with: orderOf } })
  // a card provider may take its time: longer than the provider's own time limit, so that a slow charge is not sent twice
  .step('charge', {
    send: payments.charge,
    with: chargeOf,
    timeoutMs: 12_000,
    attempts: 3,
    undo: { send: payments.refund, with: orderOf, timeoutMs: 12_000 },
  })
  .pivot('schedule shipment', { send: shipping.scheduleShipment, with: parcelOf })
  .forward('commit stock', { send: inventory.commitStock, with: orderOf })
  .abortableBy(orders.cancelOrder)
  .endsAs({ completed: confirmOrder, compensated: rejectOrder, stuck: flagOrder })
