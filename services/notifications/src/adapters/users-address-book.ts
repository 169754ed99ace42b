import type { Client } from '@ashlar/service'
import type { Users } from '@contracts/users'
import type { AddressBook } from '../ports.ts'

/** Asks the users service whom to write to. */
export function usersAddressBook(users: Client<Users>): AddressBook {
  return {
    async emailOf(customerId) {
      const answer = await users.getUser({ userId: customerId }, { deadlineMs: 2_000 })
      return answer.match({ ok: ({ email }) => email, user_not_found: () => undefined })
    },
  }
}
