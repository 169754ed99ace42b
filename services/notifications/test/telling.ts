import { inMemoryNotificationStore } from '../src/adapters/in-memory-notification-store.ts'
import type { AddressBook, Mailer } from '../src/ports.ts'
import type { TellingNeeds } from '../src/reactions/tell-customer.ts'

type Mail = Parameters<Mailer['send']>[0]

/** What telling a customer needs, and the mails that were handed over. */
export function telling(
  addressBook: AddressBook = { emailOf: () => Promise.resolve('ada@example.com') },
): TellingNeeds & { mails: Mail[] } {
  const mails: Mail[] = []
  return {
    mails,
    addressBook,
    notifications: inMemoryNotificationStore(),
    mailer: { send: (mail) => Promise.resolve(void mails.push(mail)) },
    ids: { next: () => '01935b00-0000-7000-8000-0000000000d1' },
  }
}
