import { expect, it } from 'vitest'
import { hasEnded, place, stockLines, takenBack, type PricedLine } from './order.ts'

const tea: PricedLine = { sku: 'TEA-EARL-GREY', name: 'Earl Grey', quantity: 2, unitPrice: { amountMinor: 1250, currency: 'EUR' } }
const pot: PricedLine = { sku: 'POT-CAST-IRON', name: 'Cast iron teapot', quantity: 1, unitPrice: { amountMinor: 6900, currency: 'EUR' } }
const now = new Date('2026-03-01T10:00:00Z')

it('fixes what an order costs when it is placed', () => {
  const order = place({ id: 'o1', customerId: 'c1', lines: [tea, pot], now })
  expect(order).toMatchObject({ status: 'pending', total: { amountMinor: 9400, currency: 'EUR' }, createdAt: '2026-03-01T10:00:00.000Z' })
})

it('will not add up two currencies', () => {
  const dollars = { ...pot, unitPrice: { amountMinor: 1, currency: 'USD' } }
  expect(() => place({ id: 'o1', customerId: 'c1', lines: [tea, dollars], now })).toThrow('EUR and USD')
})

it('sets aside one line for a product that was ordered twice', () => {
  expect(stockLines([tea, pot, { ...tea, quantity: 3 }])).toEqual([
    { sku: 'TEA-EARL-GREY', quantity: 5 },
    { sku: 'POT-CAST-IRON', quantity: 1 },
  ])
})

it('has ended once nothing can change it, and not while a person may', () => {
  expect((['pending', 'confirmed', 'rejected', 'cancelled', 'needs_attention'] as const).filter(hasEnded)).toEqual([
    'confirmed',
    'rejected',
    'cancelled',
  ])
})

it('tells an order called off from one that could not be kept', () => {
  expect(takenBack('cancelled')).toEqual({ status: 'cancelled' })
  expect(takenBack('card_declined')).toEqual({ status: 'rejected', reason: 'card_declined' })
})
