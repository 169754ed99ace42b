import type { Queryable } from '@ashlar/service'
import type { Product } from './domain/product.ts'

/** Which products are looked for, and from where on. */
export interface ProductSearch {
  /** Part of the name, the description or the sku, whatever the letter case. */
  readonly search: string | undefined
  readonly category: string | undefined
  /** Id of the product after which to begin. */
  readonly after: string | undefined
  readonly limit: number
}

/** What the shop sells. */
export interface ProductStore {
  /** Gives products by name. */
  list(db: Queryable, wanted: ProductSearch): Promise<Product[]>
  find(db: Queryable, productId: string): Promise<Product | undefined>
  /** Gives the products of these skus, in no order; unknown ones are left out. */
  withSkus(db: Queryable, skus: readonly string[]): Promise<Product[]>
}
