import type { Product } from '../domain/product.ts'
import type { ProductStore } from '../ports.ts'

const columns = `id, sku, name, description, category, json_build_object('amountMinor', price_minor, 'currency', currency) as price`

// sorted by bytes, the column would tell only plain letters' cases apart
const anyCase = 'name collate "default"'

/** Keeps products in PostgreSQL. */
export function postgresProducts(): ProductStore {
  return {
    list: (db, { search, category, after, limit }) =>
      db.query<Product>(
        `select ${columns} from products
         where ($1::text is null or ${anyCase} ilike $1 or description ilike $1 or sku ilike $1)
           and ($2::text is null or category = $2)
           and ($3::text is null or (name, id) > ($3, $4::uuid))
         order by name, id limit $5`,
        [search === undefined ? null : containing(search), category ?? null, after?.name ?? null, after?.id ?? null, limit],
      ),
    async find(db, productId) {
      const [product] = await db.query<Product>(`select ${columns} from products where id = $1`, [productId])
      return product
    },
    withSkus: (db, skus) => db.query<Product>(`select ${columns} from products where sku = any($1)`, [skus]),
  }
}

/** A pattern that finds the text itself: its wildcards are letters like any other. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
