import { mutation, z } from '@ashlar/contract'
import { Order, OrderId } from '../shapes/order.ts'

/** Call an order off, until its shipment is being scheduled. It ends `cancelled` once everything is given back. */
export const cancelOrder = mutation({
  input: z.strictObject({ orderId: OrderId }),
  output: Order,
  errors: { order_not_found: { status: 'NOT_FOUND' }, too_late_to_cancel: { status: 'CONFLICT' } },
  policy: { access: 'customer' },
  rest: { method: 'POST', path: '/v1/orders/{orderId}/cancellation', status: 202 },
})
