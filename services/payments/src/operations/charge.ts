import { settled, staged } from '@ashlar/service'
import { paymentCharged, payments } from '@contracts/payments'
import { annotate } from '@observability/telemetry'
import { costsNothing, settle, type ChargeOutcome, type PendingCharge } from '../domain/charge.ts'
import type { CardProvider, Charges, Ids } from '../ports.ts'
import { announcement, answerOf } from './telling.ts'

interface Needs {
  readonly charges: Charges
  readonly provider: CardProvider
  readonly ids: Ids
}

/** Take the money for an order, once. The charge is on record before the provider hears of it, so it can be asked for by its key. */
export const charge = staged(payments.charge, ({ charges, provider, ids }: Needs) => ({
  async open({ orderId, amount, payment }, { tx, stepKey }) {
    annotate({ 'order.id': orderId, 'order.amount': amount.amountMinor, 'order.currency': amount.currency })
    const earlier = await charges.find(tx, orderId)
    if (earlier !== undefined && earlier.status !== 'pending') return settled(answerOf(earlier))

    const pending: PendingCharge = earlier ?? { status: 'pending', id: ids.next(), orderId, amount, key: stepKey }
    await charges.save(tx, pending)
    return { pending, token: payment.token }
  },

  async effect({ pending, token }, { signal }): Promise<ChargeOutcome> {
    if (costsNothing(pending)) return { kind: 'charged' }
    const { orderId, amount, key } = pending
    const known = await provider.find({ key, signal })
    return known ?? provider.charge({ orderId, amount, token }, { key, signal })
  },

  async complete({ pending }, outcome, { tx, emit }) {
    // a refund, or a repeat of this charge, may have ended it meanwhile
    const current = (await charges.find(tx, pending.orderId)) ?? pending
    if (current.status !== 'pending') return answerOf(current)

    const ended = settle(current, outcome)
    annotate({
      'order.id': ended.orderId,
      'payment.id': ended.id,
      'payment.decline_code': ended.status === 'declined' ? ended.declineCode : undefined,
    })
    await charges.save(tx, ended)
    if (ended.status === 'charged') emit(paymentCharged, announcement(ended))
    return answerOf(ended)
  },
}))
