import type { Reaction } from '@ashlar/service'
import { hear } from '@ashlar/testing'
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

/** The mails that are sent when a reaction hears a message. */
export async function mailsAfter(reaction: Reaction<TellingNeeds>, message: Parameters<typeof hear>[2]): Promise<readonly Mail[]> {
  const needs = telling()
  await hear(reaction, needs, message)
  return needs.mails
}
