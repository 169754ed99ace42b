import { z } from '@ashlar/contract'
import { OrderId, OrderStatus } from './order.ts'

/** An order came to a status; `reason` says why it was rejected, or what it waits for. */
export const OrderChange = z
  .object({ orderId: OrderId, status: OrderStatus, reason: z.string().optional(), changedAt: z.iso.datetime() })
  .meta({ id: 'OrderChange' })
