import { mutation, z } from '@ashlar/contract'
import { orderPlaced } from '../events/order-placed.ts'
import { Address } from '../shapes/address.ts'
import { Order, OrderLine, Sku } from '../shapes/order.ts'
import { PaymentMethod } from '../shapes/payment-method.ts'

/** Accept an order; it is confirmed once stock, payment and shipment are secured. */
export const placeOrder = mutation({
  input: z.strictObject({ lines: z.array(OrderLine).min(1).max(50), payment: PaymentMethod, shipTo: Address }),
  output: Order,
  errors: { unknown_product: { status: 'NOT_FOUND', data: z.object({ sku: Sku }) } },
  policy: { access: 'customer', idempotency: 'key' },
  emits: [orderPlaced],
  hints: { rateClass: 'checkout', timeoutMs: 2_000 },
  rest: { method: 'POST', path: '/v1/orders', status: 202 },
})
