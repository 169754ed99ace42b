import { query, z } from '@ashlar/contract'
import { Order, OrderStatus } from '../shapes/order.ts'
import { Cursor, PageLimit } from '../shapes/page.ts'

/** List a customer's orders, newest first. `nextCursor` is absent on the last page. */
export const listOrders = query({
  input: z.strictObject({ status: OrderStatus.optional(), cursor: Cursor.optional(), limit: PageLimit }),
  output: z.object({ items: z.array(Order), nextCursor: z.string().optional() }).meta({ id: 'OrderPage' }),
  errors: { invalid_cursor: { status: 'BAD_REQUEST' } },
  policy: { access: 'customer' },
  rest: { method: 'GET', path: '/v1/orders' },
})
