import { z } from '@ashlar/contract'
import { Money } from './money.ts'

export const OrderId = z.uuid()
export const ChargeId = z.uuid()

/** Money moved for an order: by a charge to the shop, by its refund back to the customer. */
export const Payment = z.object({ chargeId: ChargeId, orderId: OrderId, amount: Money }).meta({ id: 'Payment' })
export type Payment = z.output<typeof Payment>
