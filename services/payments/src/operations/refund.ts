import { settled, staged } from '@ashlar/service'
import { paymentCharged, paymentRefunded, payments } from '@contracts/payments'
import { annotate } from '@observability/telemetry'
import { costsNothing, refundOf, takeBack } from '../domain/charge.ts'
import type { CardProvider, Charges, Ids } from '../ports.ts'
import { announcement } from './telling.ts'

interface Needs {
  readonly charges: Charges
  readonly provider: CardProvider
  readonly ids: Ids
}

/**
 * Give back what was taken for an order. Nobody needs to know how the charge ended: the provider is told to take it back
 * by its key, and refuses it from then on if it has not come yet.
 */
export const refund = staged(payments.refund, ({ charges, provider, ids }: Needs) => ({
  async open({ orderId }, { tx, stepKey }) {
    annotate({ 'order.id': orderId })
    const charge = await charges.find(tx, orderId)
    if (charge?.status === 'pending' || charge?.status === 'charged') return charge

    // the undo came before the do: it leaves a charge that can never happen
    const ended = charge ?? { status: 'cancelled', id: ids.next(), orderId, refundKey: stepKey }
    if (charge === undefined) await charges.save(tx, ended)
    return settled({ outcome: refundOf(ended) })
  },

  effect: async (charge, { key, signal }) => (costsNothing(charge) ? 'refunded' : provider.refund(charge.key, { key, signal })),

  async complete(charge, outcome, { tx, stepKey, emit }) {
    const current = (await charges.find(tx, charge.orderId)) ?? charge
    if (current.status !== 'pending' && current.status !== 'charged') return { outcome: refundOf(current) }

    const ended = takeBack(current, outcome, stepKey)
    await charges.save(tx, ended)
    if (ended.status === 'refunded') {
      // we learn of the charge only now, and whoever adds up must hear of both
      if (current.status === 'pending') emit(paymentCharged, announcement(current))
      emit(paymentRefunded, announcement(ended))
    }
    return { outcome: refundOf(ended) }
  },
}))
