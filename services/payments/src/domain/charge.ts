/** An amount in the smallest unit of its currency. */
export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

interface Asked {
  readonly id: string
  readonly orderId: string
  readonly amount: Money
  /** What the card provider knows the charge by: asked twice under it, it charges once. */
  readonly key: string
}

/** Asked for, and not known yet how it ended. */
export type PendingCharge = Asked & { readonly status: 'pending' }
export type ChargedCharge = Asked & { readonly status: 'charged' }
export type DeclinedCharge = Asked & { readonly status: 'declined'; readonly declineCode: string }
/** The money was taken and is given back. */
export type RefundedCharge = Asked & { readonly status: 'refunded'; readonly refundKey: string }
/** Nothing was taken and nothing ever will be; perhaps it was cancelled before it was asked for. */
export interface CancelledCharge {
  readonly status: 'cancelled'
  readonly id: string
  readonly orderId: string
  readonly refundKey?: string
}

/** What becomes of the money of one order. */
export type Charge = PendingCharge | ChargedCharge | DeclinedCharge | RefundedCharge | CancelledCharge

/** What the card provider says of a charge. `cancelled`: its refund came first. */
export type ChargeOutcome =
  | { readonly kind: 'charged' }
  | { readonly kind: 'declined'; readonly declineCode: string }
  | { readonly kind: 'cancelled' }

/** What the card provider says of a refund. `nothing_charged`: and it will refuse the charge from now on. */
export type RefundOutcome = 'refunded' | 'nothing_charged'

/** The provider's word and our own do not fit: money is not where we believe it to be, and a person must look. */
export class LedgersDisagreeError extends Error {
  override readonly name = 'LedgersDisagreeError'
}

/** Tells whether there is nothing to move: providers refuse to charge nothing, and an order of free things is paid without them. */
export function costsNothing({ amount }: { readonly amount: Money }): boolean {
  return amount.amountMinor === 0
}

/** Ends a charge the way the provider says it ended. */
export function settle(charge: PendingCharge, outcome: ChargeOutcome): ChargedCharge | DeclinedCharge | CancelledCharge {
  switch (outcome.kind) {
    case 'charged':
      return { ...charge, status: 'charged' }
    case 'declined':
      return { ...charge, status: 'declined', declineCode: outcome.declineCode }
    case 'cancelled':
      return { status: 'cancelled', id: charge.id, orderId: charge.orderId }
  }
}

/** Gives a charge back, or closes one that never happened. Throws `LedgersDisagreeError`. */
export function takeBack(
  charge: PendingCharge | ChargedCharge,
  outcome: RefundOutcome,
  refundKey: string,
): RefundedCharge | CancelledCharge {
  if (outcome === 'refunded') return { ...charge, status: 'refunded', refundKey }
  if (charge.status === 'charged') throw new LedgersDisagreeError(`charge ${charge.id} is charged here and unknown to the card provider`)
  return { status: 'cancelled', id: charge.id, orderId: charge.orderId, refundKey }
}

/** Tells what a refund of this charge comes to, once the charge has ended. */
export function refundOf(charge: Exclude<Charge, PendingCharge | ChargedCharge>): RefundOutcome {
  return charge.status === 'refunded' ? 'refunded' : 'nothing_charged'
}
