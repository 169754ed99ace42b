import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import type { Charge, PendingCharge } from '../domain/charge.ts'
import type { Charges } from '../ports.ts'

const pendingCharge = (n: number): PendingCharge => ({
  status: 'pending',
  id: `01935b00-0002-7000-8000-00000000000${n}`,
  orderId: `01935b00-0001-7000-8000-00000000000${n}`,
  amount: { amountMinor: 2_500, currency: 'EUR' },
  key: `saga/charge/do/${n}`,
})

/** What every keeper of charges does. `inTransaction` runs work as the adapter's own database would. */
export function chargesSuite(
  charges: Charges,
  inTransaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): void {
  const save = (charge: Charge) => inTransaction((tx) => charges.save(tx, charge))
  const find = (orderId: string) => inTransaction((tx) => charges.find(tx, orderId))

  it('finds nothing for an order nobody paid for', async () => {
    expect(await find('01935b00-0001-7000-8000-00000000ffff')).toBeUndefined()
  })

  it('keeps a charge through its life, whole', async () => {
    const pending = pendingCharge(1)
    const life: Charge[] = [pending, { ...pending, status: 'charged' }, { ...pending, status: 'refunded', refundKey: 'saga/charge/undo/1' }]
    for (const charge of life) {
      await save(charge)
      expect(await find(pending.orderId)).toEqual(charge)
    }
  })

  it('keeps why a card was declined', async () => {
    const declined: Charge = { ...pendingCharge(2), status: 'declined', declineCode: 'insufficient_funds' }
    await save(declined)
    expect(await find(declined.orderId)).toEqual(declined)
  })

  it('keeps a cancellation that came before its charge', async () => {
    const { id, orderId } = pendingCharge(3)
    const cancelled: Charge = { status: 'cancelled', id, orderId, refundKey: 'saga/charge/undo/3' }
    await save(cancelled)
    expect(await find(orderId)).toEqual(cancelled)
  })

  it('refuses the key of another charge', async () => {
    await save(pendingCharge(4))
    await expect(save({ ...pendingCharge(5), key: pendingCharge(4).key })).rejects.toThrow(/key/)
  })
}
