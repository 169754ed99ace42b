import { mutation, z } from '@ashlar/contract'
import { paymentCharged } from '../events/payment-charged.ts'
import { paymentRefunded } from '../events/payment-refunded.ts'
import { OrderId } from '../shapes/payment.ts'

/**
 * Give back what was taken for an order, in full. Repeating it changes nothing, and it may come before the charge it
 * undoes, or while nobody knows how that ended: once this is answered the customer has paid nothing, and never will.
 */
export const refund = mutation({
  input: z.strictObject({ orderId: OrderId }),
  output: z.object({ outcome: z.enum(['refunded', 'nothing_charged']) }),
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
  emits: [paymentCharged, paymentRefunded],
  hints: { timeoutMs: 15_000 },
})
