import { byId, local, pageOf } from '@ashlar/service'
import { orders } from '@contracts/orders'
import type { OrderStore } from '../ports.ts'
import { shown } from './shown-order.ts'

/** List a customer's orders, newest first. */
export const listOrders = local(
  orders.listOrders,
  ({ orderStore }: { orderStore: OrderStore }) =>
    ({ status, ...asked }, { tx, customer: { id: customerId } }) =>
      pageOf(asked, byId, async (after, atMost) => {
        const found = await orderStore.list(tx, { customerId, status, after: after?.id, limit: atMost })
        return found.map(shown)
      }),
)
