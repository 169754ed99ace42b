import { mutation, z } from '@ashlar/contract'
import { stockCommitted } from '../events/stock-committed.ts'
import { OrderId, ReservationId } from '../shapes/stock.ts'

/** Turn an order's reservation into a sale. Repeating it changes nothing. */
export const commitStock = mutation({
  input: z.strictObject({ orderId: OrderId }),
  output: z.object({ reservationId: ReservationId }),
  errors: { nothing_reserved: { status: 'CONFLICT' } },
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
  emits: [stockCommitted],
})
