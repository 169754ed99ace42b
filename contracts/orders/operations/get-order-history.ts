import { query, z } from '@ashlar/contract'
import { OrderHistory } from '../shapes/order-history.ts'
import { OrderId } from '../shapes/order.ts'

/** Tell how an order came to be what it is: each step of its checkout, and what was taken back. */
export const getOrderHistory = query({
  input: z.strictObject({ orderId: OrderId }),
  output: OrderHistory,
  errors: { order_not_found: { status: 'NOT_FOUND' } },
  policy: { access: 'customer' },
  rest: { method: 'GET', path: '/v1/orders/{orderId}/history' },
})
