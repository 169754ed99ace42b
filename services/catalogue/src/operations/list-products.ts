import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { catalogue } from '@contracts/catalogue'
import { pageOf, readCursor } from '../domain/page.ts'
import type { ProductStore } from '../ports.ts'

interface Needs {
  readonly products: ProductStore
}

/** Browse products by name. */
export const listProducts = local(catalogue.listProducts, ({ products }: Needs) => async ({ search, category, cursor, limit }, { tx }) => {
  const after = cursor === undefined ? undefined : readCursor(cursor)
  if (cursor !== undefined && after === undefined) return failed('invalid_cursor')

  // one more than asked for tells whether there is another page
  const found = await products.list(tx, { search, category, after, limit: limit + 1 })
  return pageOf(found, limit)
})
