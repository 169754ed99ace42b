import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { catalogue } from '@contracts/catalogue'
import type { ProductStore } from '../ports.ts'

interface Needs {
  readonly products: ProductStore
}

/** Show one product. */
export const getProduct = local(catalogue.getProduct, ({ products }: Needs) => async ({ productId }, { tx }) => {
  const product = await products.find(tx, productId)
  return product ?? failed('product_not_found')
})
