import { defineContract, type ContractOf } from '@ashlar/contract'
import { getProduct } from './operations/get-product.ts'
import { listProducts } from './operations/list-products.ts'
import { priceLines } from './operations/price-lines.ts'

/** What the shop sells, and for how much. */
export const catalogue = defineContract({
  name: 'catalogue',
  version: 1,
  operations: { listProducts, getProduct, priceLines },
})
export interface Catalogue extends ContractOf<typeof catalogue> {}

export type { Money } from './shapes/money.ts'
export type { Product } from './shapes/product.ts'
