import { query, z } from '@ashlar/contract'
import { Money } from '../shapes/money.ts'
import { Sku } from '../shapes/product.ts'

const quantity = z.int().min(1).max(999)

/** Put today's prices on the lines of an order, all of them or none, in the order they were given. */
export const priceLines = query({
  input: z.strictObject({
    lines: z
      .array(z.strictObject({ sku: Sku, quantity }))
      .min(1)
      .max(50),
  }),
  output: z.object({ lines: z.array(z.object({ sku: Sku, name: z.string(), quantity, unitPrice: Money })) }),
  errors: { unknown_product: { status: 'NOT_FOUND', data: z.object({ sku: Sku }) } },
  policy: { access: { services: ['orders'] } },
})
