import { failed } from '@ashlar/contract'
import type { Sagas } from '@ashlar/saga'
import { local } from '@ashlar/service'
import { orders } from '@contracts/orders'
import { annotate } from '@observability/telemetry'
import { cancelledByCustomer } from '../domain/order.ts'
import type { OrderStore } from '../ports.ts'
import { checkout } from '../sagas/checkout.ts'
import { shown } from './shown-order.ts'

interface Needs {
  readonly orderStore: OrderStore
  readonly sagas: Pick<Sagas, 'abort'>
}

/** Call an order off, until its shipment is being scheduled. Repeating it changes nothing. */
export const cancelOrder = local(orders.cancelOrder, ({ orderStore, sagas }: Needs) => async ({ orderId }, { tx, customer }) => {
  annotate({ 'order.id': orderId })
  const order = await orderStore.find(tx, { orderId, customerId: customer.id })
  if (order === undefined) return failed('order_not_found')
  if (order.status === 'cancelled') return shown(order)

  const outcome = await sagas.abort(checkout, orderId, { tx, reason: cancelledByCustomer })
  return outcome === 'aborting' ? shown(order) : failed('too_late_to_cancel')
})
