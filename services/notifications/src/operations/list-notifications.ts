import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { notifications as contract } from '@contracts/notifications'
import type { NotificationStore } from '../ports.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** List what a customer was told, newest first. */
export const listNotifications = local(
  contract.listNotifications,
  ({ notifications }: { notifications: NotificationStore }) =>
    async ({ cursor, limit }, { tx, customer }) => {
      const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString()
      if (after !== undefined && !uuid.test(after)) return failed('invalid_cursor')

      // one more than asked for tells whether there is a next page
      const found = await notifications.listSent(tx, { customerId: customer.id, after, limit: limit + 1 })
      const items = found
        .slice(0, limit)
        .map(({ id, kind, orderId, subject, text, sentAt }) => ({ id, kind, orderId, subject, text, sentAt }))
      const last = items.at(-1)
      if (found.length <= limit || last === undefined) return { items }
      return { items, nextCursor: Buffer.from(last.id).toString('base64url') }
    },
)
