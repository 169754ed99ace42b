import { byId, local, pageOf } from '@ashlar/service'
import { notifications as contract } from '@contracts/notifications'
import type { NotificationStore } from '../ports.ts'

/** List what a customer was told, newest first. */
export const listNotifications = local(
  contract.listNotifications,
  ({ notifications }: { notifications: NotificationStore }) =>
    (asked, { tx, customer: { id: customerId } }) =>
      pageOf(asked, byId, async (after, atMost) => {
        const found = await notifications.listSent(tx, { customerId, after: after?.id, limit: atMost })
        return found.map(({ id, kind, orderId, subject, text, sentAt }) => ({ id, kind, orderId, subject, text, sentAt }))
      }),
)
