import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { orders } from '@contracts/orders'
import type { OrderStore } from '../ports.ts'
import { shown } from './shown-order.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** List a customer's orders, newest first. */
export const listOrders = local(
  orders.listOrders,
  ({ orderStore }: { orderStore: OrderStore }) =>
    async ({ status, cursor, limit }, { tx, customer }) => {
      const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString()
      if (after !== undefined && !uuid.test(after)) return failed('invalid_cursor')

      // one more than asked for tells whether there is a next page
      const found = await orderStore.list(tx, { customerId: customer.id, status, after, limit: limit + 1 })
      const items = found.slice(0, limit).map(shown)
      const last = items.at(-1)
      if (found.length <= limit || last === undefined) return { items }
      return { items, nextCursor: Buffer.from(last.id).toString('base64url') }
    },
)
