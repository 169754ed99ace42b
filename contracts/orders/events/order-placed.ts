import { event, z } from '@ashlar/contract'
import { Money } from '../shapes/money.ts'
import { CustomerId, OrderId, PricedLine } from '../shapes/order.ts'

/** A customer asked for goods; nothing is secured yet. */
export const orderPlaced = event({
  version: 1,
  aggregate: 'orderId',
  key: 'orderId',
  data: z.object({ orderId: OrderId, customerId: CustomerId, lines: z.array(PricedLine), total: Money }),
})
