import { z } from '@ashlar/contract'
import { Money } from './money.ts'

export const OrderId = z.uuid()
export const CustomerId = z.uuid()
export const Sku = z
  .string()
  .max(40)
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'must be capital letters and digits joined by hyphens')
const quantity = z.int().min(1).max(999)

/** What a customer asks for. */
export const OrderLine = z.strictObject({ sku: Sku, quantity }).meta({ id: 'OrderLine' })

/** What was agreed: the line at the price of the moment it was ordered. */
export const PricedLine = z.object({ sku: Sku, name: z.string(), quantity, unitPrice: Money }).meta({ id: 'PricedLine' })
export type PricedLine = z.output<typeof PricedLine>

/** `pending` until stock, payment and shipment are secured; `needs_attention` when a person has to decide. */
export const OrderStatus = z.enum(['pending', 'confirmed', 'rejected', 'cancelled', 'needs_attention']).meta({ id: 'OrderStatus' })
export type OrderStatus = z.output<typeof OrderStatus>

/** An order as its customer sees it; `reason` says why it was rejected, or what it waits for. */
export const Order = z
  .object({
    id: OrderId,
    status: OrderStatus,
    reason: z.string().optional(),
    lines: z.array(PricedLine),
    total: Money,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Order' })
export type Order = z.output<typeof Order>
