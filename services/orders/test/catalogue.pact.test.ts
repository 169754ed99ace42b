import { failed } from '@ashlar/contract'
import { given } from '@ashlar/testing'
import { openPact } from '@ashlar/testing/pact'
import { catalogue } from '@contracts/catalogue'
import { it } from 'vitest'
import { cataloguePrices } from '../src/adapters/catalogue-prices.ts'
import { placeOrder } from '../src/operations/place-order.ts'
import { ada, placing, wishFor } from './placing.ts'

const pact = openPact({ consumer: 'orders', provider: catalogue, contracts: new URL('../../../contracts/', import.meta.url) })

it('places an order at the prices of the catalogue', () =>
  pact.call(catalogue.priceLines, 'a product that is sold', {
    given: [{ name: 'a product is sold', parameters: { sku: 'TEA-EARL-GREY' } }],
    answer: { lines: [{ sku: 'TEA-EARL-GREY', name: 'Earl Grey', quantity: 2, unitPrice: { amountMinor: 1250, currency: 'EUR' } }] },
    async tell({ client }) {
      const placed = given(placing(cataloguePrices(client))).when(placeOrder, wishFor('TEA-EARL-GREY'), { customer: ada, stepKey: 'key 1' })
      await placed.thenAnswers({ total: { amountMinor: 2500, currency: 'EUR' } })
    },
  }))

it('names the product that nobody sells', () =>
  pact.call(catalogue.priceLines, 'a product that nobody sells', {
    given: [{ name: 'a product is not sold', parameters: { sku: 'TEA-UNHEARD-OF' } }],
    answer: failed('unknown_product', { sku: 'TEA-UNHEARD-OF' }),
    async tell({ client }) {
      const placed = given(placing(cataloguePrices(client))).when(placeOrder, wishFor('TEA-UNHEARD-OF'), {
        customer: ada,
        stepKey: 'key 1',
      })
      await placed.thenRefuses('unknown_product', { sku: 'TEA-UNHEARD-OF' })
    },
  }))

it('is committed as it was told', () => pact.isKept())
