import type { Queryable, Transaction } from '@ashlar/service'
import type { Notification } from './domain/notification.ts'

export interface SentNotification extends Notification {
  readonly sentAt: string
}

/** Keeps what customers are told: one notification for each order and kind. */
export interface NotificationStore {
  /** Keeps a notification to be sent, or gives the one kept before for the same order and kind. */
  open(tx: Transaction, notification: Notification): Promise<Notification & { isSent: boolean }>
  markSent(tx: Transaction, id: string): Promise<void>
  /** Those a customer was sent, newest first; `after` is the id that ended the page before. */
  listSent(db: Queryable, page: { customerId: string; after: string | undefined; limit: number }): Promise<SentNotification[]>
}

/** Looks up whom to write to. */
export interface AddressBook {
  emailOf(customerId: string): Promise<string | undefined>
}

/** Hands mail over. The same id may be handed over again after a crash: it stays one message to the reader's mail program. */
export interface Mailer {
  send(mail: { id: string; to: string; subject: string; text: string }): Promise<void>
}

/** Makes ids that sort by time. */
export interface Ids {
  next(): string
}
