import { event, z } from '@ashlar/contract'
import { Money } from '../shapes/money.ts'
import { CustomerId, OrderId } from '../shapes/order.ts'

/** A customer called an order off in time; nothing of it remains to be paid. */
export const orderCancelled = event({
  version: 1,
  aggregate: 'orderId',
  key: 'orderId',
  data: z.object({ orderId: OrderId, customerId: CustomerId, total: Money }),
})
