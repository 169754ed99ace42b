import { failed, tracked } from '@ashlar/contract'
import { streamed } from '@ashlar/service'
import { orders } from '@contracts/orders'
import { hasEnded } from '../domain/order.ts'
import type { OrderStore } from '../ports.ts'

/** Tell a customer how their order stands, and each change of that, until nothing can change any more. */
export const watchOrder = streamed(orders.watchOrder, ({ orderStore }: { orderStore: OrderStore }) => ({
  topic: ({ orderId }) => orderId,
  async read({ orderId }, { tx, customer, after, atMost }) {
    // the order first: what its changes say is as new, or newer
    const order = await orderStore.find(tx, { orderId, customerId: customer.id })
    if (order === undefined) return failed('order_not_found')
    const changes = await orderStore.changes(tx, { orderId, after, limit: atMost })
    const { status } = changes.at(-1) ?? order
    const items = changes.map(({ position, ...change }) => tracked(position, { orderId, ...change }))
    return { items, isOver: changes.length < atMost && hasEnded(status) }
  },
}))
