import type { ChargeOutcome, RefundOutcome } from '../domain/charge.ts'
import { CardProviderUnavailableError, type CardProvider } from '../ports.ts'

/** Moves money that does not exist, for tests of the operations; `takenMinor` tells how much it holds. */
export function inMemoryCardProvider(): CardProvider & { takenMinor(): number } {
  const charges = new Map<string, { outcome: ChargeOutcome; amountMinor: number }>()
  const refunds = new Map<string, RefundOutcome>()
  let takenMinor = 0
  const outcomeUnder = (key: string): ChargeOutcome | undefined =>
    charges.get(key)?.outcome ?? (refunds.has(key) ? { kind: 'cancelled' } : undefined)
  return {
    find: async ({ key }) => outcomeUnder(key),
    async charge({ amount: { amountMinor }, token }, { key }) {
      const earlier = outcomeUnder(key)
      if (earlier !== undefined) return earlier
      if (token === 'tok_down') throw new CardProviderUnavailableError('the card provider answered 503')
      const outcome: ChargeOutcome =
        token === 'tok_declined' ? { kind: 'declined', declineCode: 'insufficient_funds' } : { kind: 'charged' }
      charges.set(key, { outcome, amountMinor })
      if (outcome.kind === 'charged') takenMinor += amountMinor
      return outcome
    },
    async refund(chargeKey) {
      const earlier = refunds.get(chargeKey)
      if (earlier !== undefined) return earlier
      const charge = charges.get(chargeKey)
      const outcome = charge?.outcome.kind === 'charged' ? 'refunded' : 'nothing_charged'
      if (outcome === 'refunded') takenMinor -= charge?.amountMinor ?? 0
      refunds.set(chargeKey, outcome)
      return outcome
    },
    takenMinor: () => takenMinor,
  }
}
