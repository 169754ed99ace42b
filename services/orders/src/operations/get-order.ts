import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { orders } from '@contracts/orders'
import type { OrderStore } from '../ports.ts'
import { shown } from './shown-order.ts'

/** Show a customer one of their orders. */
export const getOrder = local(orders.getOrder, ({ orderStore }: { orderStore: OrderStore }) => async ({ orderId }, { tx, customer }) => {
  const order = await orderStore.find(tx, { orderId, customerId: customer.id })
  return order === undefined ? failed('order_not_found') : shown(order)
})
