import type { Notification } from '../domain/notification.ts'
import type { NotificationStore } from '../ports.ts'

/** Keeps notifications in memory, for tests of the reactions. */
export function inMemoryNotificationStore(): NotificationStore {
  const kept = new Map<string, Notification & { sentAt?: string }>()
  const find = (orderId: string, kind: string) => [...kept.values()].find((one) => one.orderId === orderId && one.kind === kind)
  return {
    open(_tx, notification) {
      const known = find(notification.orderId, notification.kind) ?? notification
      if (known === notification) kept.set(notification.id, notification)
      const { sentAt, ...plain } = known as Notification & { sentAt?: string }
      return Promise.resolve({ ...plain, isSent: sentAt !== undefined })
    },
    markSent(_tx, id) {
      const known = kept.get(id)
      if (known !== undefined) kept.set(id, { ...known, sentAt: known.sentAt ?? new Date().toISOString() })
      return Promise.resolve()
    },
    listSent(_db, { customerId, after, limit }) {
      const sent = [...kept.values()].flatMap((one) => (one.sentAt === undefined ? [] : [{ ...one, sentAt: one.sentAt }]))
      const newestFirst = sent
        .filter((one) => one.customerId === customerId && (after === undefined || one.id < after))
        .sort((a, b) => (a.id < b.id ? 1 : -1))
      return Promise.resolve(newestFirst.slice(0, limit))
    },
  }
}
