import { event, z } from '@ashlar/contract'
import { Money } from '../shapes/money.ts'
import { CustomerId, OrderId } from '../shapes/order.ts'

/** Stock, payment and shipment of an order are secured. */
export const orderConfirmed = event({
  version: 1,
  aggregate: 'orderId',
  key: 'orderId',
  data: z.object({ orderId: OrderId, customerId: CustomerId, total: Money }),
})
