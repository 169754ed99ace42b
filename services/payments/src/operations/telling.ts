import { failed } from '@ashlar/contract'
import type { Result } from '@ashlar/service'
import type { Payment, payments } from '@contracts/payments'
import type { Charge, PendingCharge } from '../domain/charge.ts'

/** Answers whoever asked for a charge that has ended. */
export function answerOf(charge: Exclude<Charge, PendingCharge>): Result<typeof payments.charge> {
  switch (charge.status) {
    case 'charged':
      return { chargeId: charge.id }
    case 'declined':
      return failed('card_declined', { declineCode: charge.declineCode })
    case 'refunded':
    case 'cancelled':
      return failed('charge_cancelled')
  }
}

/** Tells of money that moved the way events do. */
export function announcement({ id, orderId, amount }: Exclude<Charge, { status: 'cancelled' }>): Payment {
  return { chargeId: id, orderId, amount }
}
