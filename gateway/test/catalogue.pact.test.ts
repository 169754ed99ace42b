import { failed } from '@ashlar/contract'
import { openPact } from '@ashlar/testing/pact'
import { catalogue } from '@contracts/catalogue'
import { it } from 'vitest'
import { visit } from './at-the-door.ts'

const pact = openPact({ consumer: 'gateway', provider: catalogue, contracts: new URL('../../contracts/', import.meta.url) })
const productId = '01935b00-7e57-7000-8000-000000000001'
const tea = {
  id: productId,
  sku: 'TEA-EARL-GREY',
  name: 'Earl Grey',
  description: 'Black tea with oil of bergamot.',
  category: 'tea',
  price: { amountMinor: 1250, currency: 'EUR' },
}

it('shows a product', () =>
  pact.call(
    catalogue.getProduct,
    'a product that is sold',
    visit(catalogue.getProduct, {
      given: [{ name: 'a product is sold', parameters: { sku: 'TEA-EARL-GREY' }, provides: { productId } }],
      path: `/v1/products/${productId}`,
      answer: tea,
    }),
  ))

it('knows no other product', () =>
  pact.call(
    catalogue.getProduct,
    'a product that nobody sells',
    visit(catalogue.getProduct, { path: '/v1/products/01935b00-0000-7000-8000-0000000000ff', answer: failed('product_not_found') }),
  ))

it('lists products, and where the next page begins', () =>
  pact.call(
    catalogue.listProducts,
    'a first page',
    visit(catalogue.listProducts, {
      given: [{ name: 'a product is sold', parameters: { sku: 'TEA-EARL-GREY' } }],
      path: '/v1/products?limit=1&category=tea',
      answer: { items: [tea], nextCursor: 'c29tZXdoZXJl' },
    }),
  ))

it('refuses a cursor that it did not give', () =>
  pact.call(
    catalogue.listProducts,
    'a cursor that was never given',
    visit(catalogue.listProducts, { path: '/v1/products?cursor=nowhere', answer: failed('invalid_cursor') }),
  ))

it('is committed as it was told', () => pact.isKept())
