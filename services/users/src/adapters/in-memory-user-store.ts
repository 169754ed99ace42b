import { comparable, type User } from '../domain/user.ts'
import type { UserStore } from '../ports.ts'

interface Kept {
  readonly user: User
  passwordHash: string
}

/** Keeps accounts in memory, for tests of the operations. */
export function inMemoryUserStore(): UserStore {
  const byAddress = new Map<string, Kept>()
  const find = (id: string) => [...byAddress.values()].find(({ user }) => user.id === id)
  return {
    insert(_tx, user, passwordHash) {
      const address = comparable(user.email)
      if (byAddress.has(address)) return Promise.resolve('email_taken')
      byAddress.set(address, { user, passwordHash })
      return Promise.resolve('kept')
    },
    find: (_db, id) => Promise.resolve(find(id)?.user),
    credentialsOf(_db, email) {
      const kept = byAddress.get(comparable(email))
      return Promise.resolve(kept && { userId: kept.user.id, passwordHash: kept.passwordHash })
    },
    renewHash(_tx, { userId, passwordHash }, freshHash) {
      const kept = find(userId)
      if (kept?.passwordHash === passwordHash) kept.passwordHash = freshHash
      return Promise.resolve()
    },
  }
}
