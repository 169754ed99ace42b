import { local, pageOf, type Keyset } from '@ashlar/service'
import { catalogue } from '@contracts/catalogue'
import type { ProductStore } from '../ports.ts'

interface Needs {
  readonly products: ProductStore
}

const byNameAndId: Keyset<'id' | 'name'> = {
  keys: ['id', 'name'],
  form: /^(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?<name>\P{Cc}+)$/u,
}

/** Browse products by name. */
export const listProducts = local(
  catalogue.listProducts,
  ({ products }: Needs) =>
    ({ search, category, ...asked }, { tx }) =>
      pageOf(asked, byNameAndId, (after, atMost) => products.list(tx, { search, category, after, limit: atMost })),
)
