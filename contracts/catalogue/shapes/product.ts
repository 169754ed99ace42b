import { z } from '@ashlar/contract'
import { Money } from './money.ts'

export const ProductId = z.uuid()
export const Sku = z
  .string()
  .max(40)
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'must be capital letters and digits joined by hyphens')
export const Category = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits joined by hyphens')

/** Something the shop sells, at its price of today. */
export const Product = z
  .object({
    id: ProductId,
    sku: Sku,
    name: z.string(),
    description: z.string(),
    category: Category,
    price: Money,
  })
  .meta({ id: 'Product' })
export type Product = z.output<typeof Product>
