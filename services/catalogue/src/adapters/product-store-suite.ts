import type { Queryable } from '@ashlar/service'
import { expect, it } from 'vitest'
import type { Product } from '../domain/product.ts'
import type { ProductSearch, ProductStore } from '../ports.ts'

function product(number: number, sku: string, rest: Pick<Product, 'name' | 'category' | 'description'>): Product {
  const id = `01935b00-0000-7000-8000-00000000000${number}`
  return { id, sku, ...rest, price: { amountMinor: number * 100, currency: 'EUR' } }
}

/** Products every store is opened with, by name. */
export const sampleProducts = [
  product(3, 'TEA-ASSAM', { name: 'Assam', category: 'tea', description: 'Malty' }),
  product(1, 'TEA-EARL-GREY', { name: 'Earl Grey', category: 'tea', description: 'Scented with bergamot' }),
  product(2, 'TEA-EARL-GREY-DECAF', { name: 'Earl Grey', category: 'tea', description: '100% free of caffeine' }),
  product(4, 'POT-GLASS', { name: 'Glass Teapot', category: 'teaware', description: 'Holds 0.8 litres' }),
  product(5, 'TEA-VERT', { name: 'Thé vert', category: 'green-tea', description: 'Steamed' }),
] as const

/** What every product store does, given the sample products. */
export function productStoreSuite(store: ProductStore, db: () => Queryable): void {
  const [assam, earlGrey, decaf, pot, vert] = sampleProducts
  const search = (wanted: Partial<ProductSearch>) =>
    store.list(db(), { search: undefined, category: undefined, after: undefined, limit: 10, ...wanted })

  it('lists everything by name, and by id where names are the same', async () => {
    expect(await search({})).toEqual(sampleProducts)
  })

  it('goes on after the product it is told, and stops at the limit', async () => {
    expect(await search({ after: earlGrey, limit: 1 })).toEqual([decaf])
    expect(await search({ after: vert })).toEqual([])
  })

  it('goes on after a product that is not sold any more, from where it stood', async () => {
    expect(await search({ after: { name: 'Earl Grey', id: '01935b00-0000-7000-8000-00000000ffff' } })).toEqual([pot, vert])
  })

  it('finds part of a name, a description or a sku in any letter case', async () => {
    expect(await search({ search: 'earl' })).toEqual([earlGrey, decaf])
    expect(await search({ search: 'MALTY' })).toEqual([assam])
    expect(await search({ search: 'pot-gl' })).toEqual([pot])
    expect(await search({ search: 'THÉ' })).toEqual([vert])
  })

  it('takes the wildcards of a search for letters', async () => {
    expect(await search({ search: '100%' })).toEqual([decaf])
    expect(await search({ search: '_' })).toEqual([])
    expect(await search({ search: '\\' })).toEqual([])
  })

  it('keeps to one category', async () => {
    expect(await search({ category: 'teaware' })).toEqual([pot])
  })

  it('finds one product by its id, and several by their skus', async () => {
    expect(await store.find(db(), decaf.id)).toEqual(decaf)
    expect(await store.find(db(), '01935b00-0000-7000-8000-00000000ffff')).toBeUndefined()
    const found = await store.withSkus(db(), ['POT-GLASS', 'NO-SUCH-THING', 'TEA-ASSAM'])
    expect(new Set(found.map(({ sku }) => sku))).toEqual(new Set(['POT-GLASS', 'TEA-ASSAM']))
  })
}
