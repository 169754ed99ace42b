import { mutation, z } from '@ashlar/contract'
import { stockReserved } from '../events/stock-reserved.ts'
import { OrderId, ReservationId, Sku, StockLine } from '../shapes/stock.ts'

/**
 * Set stock aside for an order, all lines or none. Repeating it changes nothing. An order whose stock was released
 * before this arrived is answered `reservation_released`: nothing is set aside for it any more.
 */
export const reserveStock = mutation({
  input: z.strictObject({ orderId: OrderId, lines: z.array(StockLine).min(1).max(50) }),
  output: z.object({ reservationId: ReservationId }),
  errors: {
    out_of_stock: { status: 'CONFLICT', data: z.object({ sku: Sku, available: z.int() }) },
    reservation_released: { status: 'CONFLICT' },
  },
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
  emits: [stockReserved],
})
