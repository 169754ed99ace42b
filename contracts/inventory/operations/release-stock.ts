import { mutation, z } from '@ashlar/contract'
import { stockReleased } from '../events/stock-released.ts'
import { OrderId } from '../shapes/stock.ts'

/**
 * Give an order's stock back. Repeating it changes nothing, and it may come before the reservation it undoes: that one
 * is refused from then on. Stock that was sold is a return, not a release.
 */
export const releaseStock = mutation({
  input: z.strictObject({ orderId: OrderId }),
  output: z.object({ outcome: z.enum(['released', 'nothing_reserved']) }),
  errors: { already_sold: { status: 'CONFLICT' } },
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
  emits: [stockReleased],
})
