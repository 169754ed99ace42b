import type { Notification } from '../domain/notification.ts'
import type { NotificationStore, SentNotification } from '../ports.ts'

const fields = 'id, customer_id as "customerId", order_id as "orderId", kind, subject, body as text'

/** Keeps notifications in the service's own database. */
export function postgresNotificationStore(): NotificationStore {
  return {
    async open(tx, { id, customerId, orderId, kind, subject, text }) {
      // the update changes nothing: it makes the statement give back the row that was there before
      const [row] = await tx.query<Notification & { isSent: boolean }>(
        `insert into notifications (id, customer_id, order_id, kind, subject, body) values ($1, $2, $3, $4, $5, $6)
         on conflict (order_id, kind) do update set order_id = excluded.order_id
         returning ${fields}, sent_at is not null as "isSent"`,
        [id, customerId, orderId, kind, subject, text],
      )
      if (row === undefined) throw new Error(`notification ${id} was neither kept nor found`)
      return row
    },
    async markSent(tx, id) {
      await tx.query('update notifications set sent_at = coalesce(sent_at, now()) where id = $1', [id])
    },
    async listSent(db, { customerId, after, limit }) {
      const rows = await db.query<Notification & { sentAt: Date }>(
        `select ${fields}, sent_at as "sentAt" from notifications
         where customer_id = $1 and sent_at is not null and ($2::uuid is null or id < $2) order by id desc limit $3`,
        [customerId, after ?? null, limit],
      )
      return rows.map((row): SentNotification => ({ ...row, sentAt: new Date(row.sentAt).toISOString() }))
    },
  }
}
