import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { catalogue } from '@contracts/catalogue'
import { price } from '../domain/product.ts'
import type { ProductStore } from '../ports.ts'

interface Needs {
  readonly products: ProductStore
}

/** Put today's prices on the lines of an order. */
export const priceLines = local(catalogue.priceLines, ({ products }: Needs) => async ({ lines }, { tx }) => {
  const known = await products.withSkus(
    tx,
    lines.map(({ sku }) => sku),
  )
  const pricing = price(lines, known)
  if (pricing.kind === 'unknown') return failed('unknown_product', { sku: pricing.sku })
  return { lines: pricing.lines }
})
