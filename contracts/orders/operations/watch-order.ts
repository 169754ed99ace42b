import { subscription, z } from '@ashlar/contract'
import { OrderChange } from '../shapes/order-change.ts'
import { OrderId } from '../shapes/order.ts'

/** Tell how an order stands and each change of that as it happens, until it has its last status. Whoever comes back is told what came since. */
export const watchOrder = subscription({
  input: z.strictObject({ orderId: OrderId }),
  output: OrderChange,
  errors: { order_not_found: { status: 'NOT_FOUND' } },
  policy: { access: 'customer' },
  rest: { method: 'GET', path: '/v1/orders/{orderId}/changes' },
})
