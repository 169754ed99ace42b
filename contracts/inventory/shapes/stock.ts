import { z } from '@ashlar/contract'

export const OrderId = z.uuid()
export const ReservationId = z.uuid()
export const Sku = z
  .string()
  .max(40)
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'must be capital letters and digits joined by hyphens')

/** So many units of one product. Fifty lines of one order may name the same product, 999 units each. */
export const StockLine = z.strictObject({ sku: Sku, quantity: z.int().min(1).max(50_000) }).meta({ id: 'StockLine' })
export type StockLine = z.output<typeof StockLine>

/** Stock that belongs to one order, one line for each product. */
export const Reservation = z
  .object({ reservationId: ReservationId, orderId: OrderId, lines: z.array(StockLine) })
  .meta({ id: 'Reservation' })
export type Reservation = z.output<typeof Reservation>
