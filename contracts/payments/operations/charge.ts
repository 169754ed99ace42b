import { mutation, z } from '@ashlar/contract'
import { paymentCharged } from '../events/payment-charged.ts'
import { PaymentMethod } from '../shapes/payment-method.ts'
import { ChargeId, OrderId } from '../shapes/payment.ts'
import { Money } from '../shapes/money.ts'

/**
 * Take the money for an order, once, however often it is asked. An order that was refunded before this arrived is
 * answered `charge_cancelled`: its customer pays nothing.
 */
export const charge = mutation({
  input: z.strictObject({ orderId: OrderId, amount: Money, payment: PaymentMethod }),
  output: z.object({ chargeId: ChargeId }),
  errors: {
    card_declined: { status: 'PAYMENT_REQUIRED', data: z.object({ declineCode: z.string() }) },
    charge_cancelled: { status: 'CONFLICT' },
  },
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
  emits: [paymentCharged],
  hints: { timeoutMs: 15_000 },
})
