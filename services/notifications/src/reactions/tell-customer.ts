import { settled, type StagedReactionParts } from '@ashlar/service'
import type { orders } from '@contracts/orders'
import { annotate } from '@observability/telemetry'
import { tell, type Notification, type OrderNews } from '../domain/notification.ts'
import type { AddressBook, Ids, Mailer, NotificationStore } from '../ports.ts'

export interface TellingNeeds {
  readonly notifications: NotificationStore
  readonly addressBook: AddressBook
  readonly mailer: Mailer
  readonly ids: Ids
}

type OrderEvent = typeof orders.events.orderConfirmed | typeof orders.events.orderRejected | typeof orders.events.orderCancelled
type Told = 'sent' | 'nobody to write to'

/** The three parts of telling a customer: note it under a stable id, mail it with nothing open, mark it sent. */
export function tellCustomer(
  { notifications, addressBook, mailer, ids }: TellingNeeds,
  newsOf: (data: Omit<OrderNews, 'kind'>) => OrderNews,
): StagedReactionParts<OrderEvent, Notification, Told> {
  return {
    async open(data, { tx }) {
      const noted = await notifications.open(tx, tell(ids.next(), newsOf(data)))
      annotate({ 'order.id': noted.orderId, 'notification.id': noted.id, 'notification.kind': noted.kind })
      return noted.isSent ? settled(undefined) : noted
    },
    async effect({ id, customerId, subject, text }) {
      const to = await addressBook.emailOf(customerId)
      if (to === undefined) return 'nobody to write to'
      await mailer.send({ id, to, subject, text })
      return 'sent'
    },
    async complete({ id }, told, { tx, logger }) {
      if (told === 'sent') await notifications.markSent(tx, id)
      else logger.warn({ notification_id: id }, 'the customer is not known any more: nothing was sent')
    },
  }
}
