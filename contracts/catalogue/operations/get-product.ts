import { query, z } from '@ashlar/contract'
import { Product, ProductId } from '../shapes/product.ts'

/** Show one product. */
export const getProduct = query({
  input: z.strictObject({ productId: ProductId }),
  output: Product,
  errors: { product_not_found: { status: 'NOT_FOUND' } },
  policy: { access: 'open' },
  rest: { method: 'GET', path: '/v1/products/{productId}' },
})
