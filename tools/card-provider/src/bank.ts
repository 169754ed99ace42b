import { setTimeout as pause } from 'node:timers/promises'

/** What the card's bank says. */
export type BankAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'declined'; readonly declineCode: string }
  | { readonly kind: 'unavailable' }

/** Asks the bank behind a card token whether one charge, known by its key, may be made. */
export type AskBank = (token: string, key: string) => Promise<BankAnswer>

const accepted: BankAnswer = { kind: 'accepted' }
const unavailable: BankAnswer = { kind: 'unavailable' }

/** Makes a bank whose tokens each behave in their own way; `slowMs` is how long `tok_slow` takes. */
export function openBank({ slowMs }: { slowMs: number }): AskBank {
  const failures = new Map<string, number>()
  return async (token, key) => {
    switch (token) {
      case 'tok_visa':
        return accepted
      case 'tok_declined':
        return { kind: 'declined', declineCode: 'insufficient_funds' }
      case 'tok_slow':
        await pause(slowMs)
        return accepted
      case 'tok_flaky': {
        const failed = failures.get(key) ?? 0
        failures.set(key, failed + 1)
        return failed < 2 ? unavailable : accepted
      }
      case 'tok_down':
        return unavailable
      default:
        return { kind: 'declined', declineCode: 'unknown_token' }
    }
  }
}
