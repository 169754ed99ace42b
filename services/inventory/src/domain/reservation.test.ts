import { expect, it } from 'vitest'
import { release, reserve, sell, type Level } from './reservation.ts'

const tea: Level = { sku: 'TEA', onHand: 5, reserved: 1, sold: 2 }
const pot: Level = { sku: 'POT', onHand: 1, reserved: 0, sold: 0 }
const wanted = { id: 'r1', orderId: 'o1' }

it('moves what is reserved from the shelf to the order', () => {
  const decision = reserve([tea, pot], { ...wanted, lines: [{ sku: 'TEA', quantity: 3 }] })
  expect(decision).toMatchObject({ kind: 'reserved', levels: [{ sku: 'TEA', onHand: 2, reserved: 4, sold: 2 }, pot] })
})

it('names the line that is out of stock, and what there is', () => {
  const lines = [
    { sku: 'TEA', quantity: 3 },
    { sku: 'POT', quantity: 2 },
  ]
  expect(reserve([tea, pot], { ...wanted, lines })).toEqual({ kind: 'refused', shortage: { sku: 'POT', available: 1 } })
})

it('has none of a product it has never heard of', () => {
  const decision = reserve([tea], { ...wanted, lines: [{ sku: 'CUP', quantity: 1 }] })
  expect(decision).toEqual({ kind: 'refused', shortage: { sku: 'CUP', available: 0 } })
})

it('counts two lines of one product together', () => {
  const lines = [
    { sku: 'TEA', quantity: 3 },
    { sku: 'TEA', quantity: 3 },
  ]
  expect(reserve([tea], { ...wanted, lines })).toEqual({ kind: 'refused', shortage: { sku: 'TEA', available: 5 } })
})

it('gives back exactly what it took', () => {
  const decision = reserve([tea, pot], { ...wanted, lines: [{ sku: 'TEA', quantity: 3 }] })
  if (decision.kind === 'refused') throw new Error('there was enough')
  expect(release(decision.levels, decision.reservation).levels).toEqual([tea, pot])
})

it('sells what was reserved and nothing else', () => {
  const decision = reserve([tea, pot], { ...wanted, lines: [{ sku: 'TEA', quantity: 3 }] })
  if (decision.kind === 'refused') throw new Error('there was enough')
  expect(sell(decision.levels, decision.reservation).levels).toEqual([{ sku: 'TEA', onHand: 2, reserved: 1, sold: 5 }, pot])
})
