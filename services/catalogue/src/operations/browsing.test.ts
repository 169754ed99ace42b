import { given } from '@ashlar/testing'
import { it } from 'vitest'
import { inMemoryProducts } from '../adapters/in-memory-products.ts'
import { sampleProducts } from '../adapters/product-store-suite.ts'
import { getProduct } from './get-product.ts'
import { listProducts } from './list-products.ts'
import { priceLines } from './price-lines.ts'

const needs = { products: inMemoryProducts(sampleProducts) }
const [assam, earlGrey, decaf, pot, vert] = sampleProducts

it('leads from one page to the next, where it stops', async () => {
  const nextCursor = Buffer.from(`${earlGrey.id}${earlGrey.name}`).toString('base64url')
  await given(needs)
    .when(listProducts, { limit: 2 })
    .thenAnswers({ items: [assam, earlGrey], nextCursor })
  await given(needs)
    .when(listProducts, { limit: 3, cursor: nextCursor })
    .thenAnswers({ items: [decaf, pot, vert] })
})

it('goes on after the longest name there may be', async () => {
  const name = 'é'.repeat(150)
  const shelf = { products: inMemoryProducts([pot, { ...vert, name }, { ...assam, id: vert.id.replace('7000', '7001'), name }]) }
  const nextCursor = Buffer.from(`${vert.id}${name}`).toString('base64url')
  await given(shelf).when(listProducts, { limit: 2 }).thenAnswers({ nextCursor })
  await given(shelf)
    .when(listProducts, { cursor: nextCursor })
    .thenAnswers({ items: [{ ...assam, id: vert.id.replace('7000', '7001'), name }] })
})

it('refuses a cursor it never gave out', async () => {
  await given(needs).when(listProducts, { cursor: 'made-up' }).thenRefuses('invalid_cursor')
})

it('shows a product, and says when there is none', async () => {
  await given(needs).when(getProduct, { productId: earlGrey.id }).thenAnswers({ name: 'Earl Grey' })
  await given(needs).when(getProduct, { productId: '01935b00-0000-7000-8000-00000000ffff' }).thenRefuses('product_not_found')
})

const wanted = [
  { sku: earlGrey.sku, quantity: 2 },
  { sku: pot.sku, quantity: 1 },
]

it('prices all lines of an order', async () => {
  const lines = [
    { sku: earlGrey.sku, quantity: 2, name: 'Earl Grey', unitPrice: earlGrey.price },
    { sku: pot.sku, quantity: 1, name: 'Glass Teapot', unitPrice: pot.price },
  ]
  await given(needs).when(priceLines, { lines: wanted }, { service: 'orders' }).thenAnswers({ lines })
})

it('prices nothing when one product is unknown, and names it', async () => {
  const lines = [...wanted, { sku: 'TEA-OF-DREAMS', quantity: 1 }]
  await given(needs).when(priceLines, { lines }, { service: 'orders' }).thenRefuses('unknown_product', { sku: 'TEA-OF-DREAMS' })
})
