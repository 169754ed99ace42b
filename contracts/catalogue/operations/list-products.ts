import { query, z } from '@ashlar/contract'
import { Cursor, PageLimit } from '../shapes/page.ts'
import { Category, Product } from '../shapes/product.ts'

/** Browse products by name. `nextCursor` is absent on the last page. */
export const listProducts = query({
  input: z.strictObject({
    search: z
      .string()
      .min(1)
      .max(100)
      .regex(/^\P{Cc}+$/u, 'must not contain control characters')
      .optional(),
    category: Category.optional(),
    cursor: Cursor.optional(),
    limit: PageLimit,
  }),
  output: z.object({ items: z.array(Product), nextCursor: z.string().optional() }).meta({ id: 'ProductPage' }),
  errors: { invalid_cursor: { status: 'BAD_REQUEST' } },
  policy: { access: 'open' },
  rest: { method: 'GET', path: '/v1/products' },
})
