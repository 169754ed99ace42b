import type { Transaction } from '@ashlar/service'
import type { Charge, ChargeOutcome, Money, RefundOutcome } from './domain/charge.ts'

/** The charges of all orders: one for each, for ever. */
export interface Charges {
  /** Finds the charge of an order and keeps everyone else from that order until the transaction ends. */
  find(tx: Transaction, orderId: string): Promise<Charge | undefined>
  /** Writes a charge as it is now. Throws when its key belongs to another. */
  save(tx: Transaction, charge: Charge): Promise<void>
}

/** What the card provider is asked to take. The token is good for this one charge and is kept nowhere. */
export interface CardCharge {
  readonly orderId: string
  readonly amount: Money
  readonly token: string
}

/** Under which key the provider is asked, and when to give up. */
export interface Ask {
  readonly key: string
  readonly signal: AbortSignal
}

/**
 * The company that moves money on cards. Asked again under the same key it answers the same, for ever. Every question
 * throws `CardProviderUnavailableError` when no answer could be had: what was asked may or may not have happened.
 */
export interface CardProvider {
  /** Tells how the charge under this key ended; `undefined` when the provider has not heard of it. */
  find(ask: Ask): Promise<ChargeOutcome | undefined>
  charge(charge: CardCharge, ask: Ask): Promise<ChargeOutcome>
  /** Gives a charge back in full; one that has not come yet is refused when it does. */
  refund(chargeKey: string, ask: Ask): Promise<RefundOutcome>
}

/** No answer of the card provider could be had. */
export class CardProviderUnavailableError extends Error {
  override readonly name = 'CardProviderUnavailableError'
}

/** Makes ids that sort by time. */
export interface Ids {
  next(): string
}
