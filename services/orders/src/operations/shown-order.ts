import type { Order as ShownOrder } from '@contracts/orders'
import type { Order } from '../domain/order.ts'

/** Shows an order to its customer. */
export function shown(order: Order): ShownOrder {
  const { id, status, lines, total, createdAt } = order
  return { id, status, ...('reason' in order ? { reason: order.reason } : {}), lines: [...lines], total, createdAt }
}
