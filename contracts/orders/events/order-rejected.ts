import { event, z } from '@ashlar/contract'
import { Money } from '../shapes/money.ts'
import { CustomerId, OrderId } from '../shapes/order.ts'

/** An order could not be kept, for the reason given; whatever was secured for it was given back. */
export const orderRejected = event({
  version: 1,
  aggregate: 'orderId',
  key: 'orderId',
  data: z.object({ orderId: OrderId, customerId: CustomerId, total: Money, reason: z.string() }),
})
