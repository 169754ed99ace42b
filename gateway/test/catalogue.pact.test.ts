import { failed } from '@ashlar/contract'
import { catalogue } from '@contracts/catalogue'
import { it } from 'vitest'
import { openDoorPact } from './at-the-door.ts'

const pact = openDoorPact(catalogue)
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
  pact.visit(catalogue.getProduct, 'a product that is sold', {
    given: [{ name: 'a product is sold', parameters: { sku: 'TEA-EARL-GREY' }, provides: { productId } }],
    path: `/v1/products/${productId}`,
    answer: tea,
  }))

it('knows no other product', () =>
  pact.visit(catalogue.getProduct, 'a product that nobody sells', {
    path: '/v1/products/01935b00-0000-7000-8000-0000000000ff',
    answer: failed('product_not_found'),
  }))

it('lists products, and where the next page begins', () =>
  pact.visit(catalogue.listProducts, 'a first page', {
    given: [{ name: 'a product is sold', parameters: { sku: 'TEA-EARL-GREY' } }],
    path: '/v1/products?limit=1&category=tea',
    answer: { items: [tea], nextCursor: 'c29tZXdoZXJl' },
  }))

it('refuses a cursor that it did not give', () =>
  pact.visit(catalogue.listProducts, 'a cursor that was never given', {
    path: '/v1/products?cursor=nowhere',
    answer: failed('invalid_cursor'),
  }))

it('is committed as it was told', () => pact.isKept())
