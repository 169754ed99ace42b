import { z } from '@ashlar/contract'
import { Address, Money, PaymentMethod } from '@contracts/orders'

/** What a checkout has to know to go on after any crash. */
export const Checkout = z.object({
  orderId: z.string(),
  customerId: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
  total: Money,
  payment: PaymentMethod,
  shipTo: Address,
})
export type Checkout = z.output<typeof Checkout>
