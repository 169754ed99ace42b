import { expect, it } from 'vitest'
import { CardProviderUnavailableError, type CardProvider } from '../ports.ts'

const bill = (token: string) => ({ orderId: 'order-1', amount: { amountMinor: 2_500, currency: 'EUR' }, token })
const under = (key: string) => ({ key, signal: AbortSignal.timeout(30_000) })

/** What every card provider does, the real one and the one of the tests. Each story has keys of its own. */
export function cardProviderSuite(provider: () => CardProvider): void {
  it('charges a card once under one key, and can be asked about it', async () => {
    expect(await provider().find(under('a/b?c=1'))).toBeUndefined()
    expect(await provider().charge(bill('tok_visa'), under('a/b?c=1'))).toEqual({ kind: 'charged' })
    expect(await provider().charge(bill('tok_visa'), under('a/b?c=1'))).toEqual({ kind: 'charged' })
    expect(await provider().find(under('a/b?c=1'))).toEqual({ kind: 'charged' })
  })

  it('tells how the charge under a key ended to whoever asks for another under it', async () => {
    expect(await provider().charge(bill('tok_declined'), under('taken twice'))).toMatchObject({ kind: 'declined' })
    expect(await provider().charge(bill('tok_visa'), under('taken twice'))).toMatchObject({ kind: 'declined' })
  })

  it('says why a card was declined', async () => {
    const declined = { kind: 'declined', declineCode: 'insufficient_funds' }
    expect(await provider().charge(bill('tok_declined'), under('declined'))).toEqual(declined)
    expect(await provider().find(under('declined'))).toEqual(declined)
  })

  it('gives a charge back, and the same answer again', async () => {
    await provider().charge(bill('tok_visa'), under('taken'))
    expect(await provider().refund('taken', under('back'))).toBe('refunded')
    expect(await provider().refund('taken', under('back'))).toBe('refunded')
  })

  it('refuses a charge whose refund came first', async () => {
    expect(await provider().refund('early', under('early-back'))).toBe('nothing_charged')
    expect(await provider().find(under('early'))).toEqual({ kind: 'cancelled' })
    expect(await provider().charge(bill('tok_visa'), under('early'))).toEqual({ kind: 'cancelled' })
  })

  it('takes no answer for an answer when the bank is down', async () => {
    await expect(provider().charge(bill('tok_down'), under('down'))).rejects.toThrow(CardProviderUnavailableError)
    expect(await provider().find(under('down'))).toBeUndefined()
  })
}
