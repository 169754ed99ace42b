import { query, z } from '@ashlar/contract'
import { Order, OrderId } from '../shapes/order.ts'

/** Show a customer one of their orders. */
export const getOrder = query({
  input: z.strictObject({ orderId: OrderId }),
  output: Order,
  errors: { order_not_found: { status: 'NOT_FOUND' } },
  policy: { access: 'customer' },
  rest: { method: 'GET', path: '/v1/orders/{orderId}' },
})
