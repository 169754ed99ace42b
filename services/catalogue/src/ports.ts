import type { Queryable } from '@ashlar/service'
import type { Place } from './domain/place.ts'
import type { Product } from './domain/product.ts'

/** Which products are looked for, and from where on. */
export interface ProductSearch {
  /** Part of the name, the description or the sku, whatever the letter case. */
  readonly search: string | undefined
  readonly category: string | undefined
  /** Where the page before ended; its product may be gone since. */
  readonly after: Place | undefined
  readonly limit: number
}

/** What the shop sells. */
export interface ProductStore {
  /** Gives products by name, and by id where names are the same. */
  list(db: Queryable, wanted: ProductSearch): Promise<Product[]>
  find(db: Queryable, productId: string): Promise<Product | undefined>
  /** Gives the products of these skus, in no order; unknown ones are left out. */
  withSkus(db: Queryable, skus: readonly string[]): Promise<Product[]>
}
