import { describe, expect, it } from 'vitest'
import { LedgersDisagreeError, refundOf, settle, takeBack, type PendingCharge } from './charge.ts'

const pending: PendingCharge = { status: 'pending', id: 'c1', orderId: 'o1', amount: { amountMinor: 2_500, currency: 'EUR' }, key: 'k1' }

describe('a charge ends as the provider says', () => {
  it('charged', () => expect(settle(pending, { kind: 'charged' })).toEqual({ ...pending, status: 'charged' }))
  it('declined, with the reason', () =>
    expect(settle(pending, { kind: 'declined', declineCode: 'expired_card' })).toMatchObject({
      status: 'declined',
      declineCode: 'expired_card',
    }))
  it('cancelled, when its refund overtook it', () =>
    expect(settle(pending, { kind: 'cancelled' })).toEqual({ status: 'cancelled', id: 'c1', orderId: 'o1' }))
})

describe('taking a charge back', () => {
  it('gives the money back when there was some, whether or not we had heard of it', () => {
    expect(takeBack({ ...pending, status: 'charged' }, 'refunded', 'r1')).toMatchObject({ status: 'refunded', refundKey: 'r1' })
    expect(takeBack(pending, 'refunded', 'r1')).toMatchObject({ status: 'refunded', refundKey: 'r1' })
  })

  it('closes a charge that never happened', () => {
    const closed = takeBack(pending, 'nothing_charged', 'r1')
    expect(closed).toMatchObject({ status: 'cancelled', refundKey: 'r1' })
    expect(refundOf(closed)).toBe('nothing_charged')
  })

  it('cries out when the provider has never heard of money we took', () => {
    expect(() => takeBack({ ...pending, status: 'charged' }, 'nothing_charged', 'r1')).toThrow(LedgersDisagreeError)
  })
})
