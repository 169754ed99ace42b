import { expect, it } from 'vitest'
import { price, type Product } from './product.ts'

const earlGrey: Product = {
  id: 'p1',
  sku: 'TEA-EARL-GREY',
  name: 'Earl Grey',
  description: 'Black tea with bergamot',
  category: 'tea',
  price: { amountMinor: 1_250, currency: 'EUR' },
}

it('puts the price of today on each line, in the order they came', () => {
  const lines = [
    { sku: 'TEA-EARL-GREY', quantity: 2 },
    { sku: 'TEA-EARL-GREY', quantity: 1 },
  ]
  expect(price(lines, [earlGrey])).toEqual({
    kind: 'priced',
    lines: lines.map((line) => ({ ...line, name: 'Earl Grey', unitPrice: { amountMinor: 1_250, currency: 'EUR' } })),
  })
})

it('names the first product nobody sells', () => {
  const lines = [
    { sku: 'TEA-EARL-GREY', quantity: 1 },
    { sku: 'TEA-OF-DREAMS', quantity: 1 },
  ]
  expect(price(lines, [earlGrey])).toEqual({ kind: 'unknown', sku: 'TEA-OF-DREAMS' })
})
