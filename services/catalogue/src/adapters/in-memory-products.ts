import { byPlace } from '../domain/place.ts'
import type { Product } from '../domain/product.ts'
import type { ProductStore } from '../ports.ts'

/** Keeps products in memory, for tests of the operations. */
export function inMemoryProducts(products: readonly Product[]): ProductStore {
  const byName = products.toSorted(byPlace)
  return {
    async list(_db, { search, category, after, limit }) {
      return byName
        .filter((product) => after === undefined || byPlace(product, after) > 0)
        .filter((product) => category === undefined || product.category === category)
        .filter((product) => search === undefined || mentions(product, search))
        .slice(0, limit)
    },
    find: async (_db, productId) => products.find(({ id }) => id === productId),
    withSkus: async (_db, skus) => products.filter(({ sku }) => skus.includes(sku)),
  }
}

function mentions({ name, description, sku }: Product, search: string): boolean {
  return [name, description, sku].some((text) => text.toLowerCase().includes(search.toLowerCase()))
}
