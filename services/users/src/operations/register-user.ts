import { failed } from '@ashlar/contract'
import { staged } from '@ashlar/service'
import { userRegistered, users as contract } from '@contracts/users'
import type { Clock, Ids, Passwords, UserStore } from '../ports.ts'

interface Needs {
  readonly users: UserStore
  readonly passwords: Passwords
  readonly ids: Ids
  readonly clock: Clock
}

/** Open an account. An email address belongs to one account, whatever its letter case. */
export const registerUser = staged(contract.registerUser, ({ users, passwords, ids, clock }: Needs) => ({
  effect: ({ password }) => passwords.hash(password),
  async complete({ email, name }, passwordHash, { tx, emit }) {
    const user = { id: ids.next(), email, name, createdAt: clock.now().toISOString() }
    // two who register one address at once wait for each other here, and one of them is told
    if ((await users.insert(tx, user, passwordHash)) === 'email_taken') return failed('email_taken')

    emit(userRegistered, { userId: user.id, registeredAt: user.createdAt })
    return user
  },
}))
