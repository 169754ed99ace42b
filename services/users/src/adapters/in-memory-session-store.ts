import { isOver, type Session } from '../domain/session.ts'
import type { SessionStore } from '../ports.ts'

interface Kept {
  readonly session: Session
  isRevoked: boolean
}
interface Token {
  readonly of: Kept
  isSpent: boolean
}

/** Keeps sessions in memory, for tests of the operations. */
export function inMemorySessionStore(): SessionStore {
  const sessions = new Map<string, Kept>()
  const tokens = new Map<string, Token>()
  return {
    open(_tx, session, firstDigest) {
      const kept = { session, isRevoked: false }
      sessions.set(session.id, kept)
      tokens.set(firstDigest, { of: kept, isSpent: false })
      return Promise.resolve()
    },
    rotate(_tx, { presented, next, at }) {
      const token = tokens.get(presented)
      if (token === undefined || token.isSpent || token.of.isRevoked || isOver(token.of.session, at)) return Promise.resolve(undefined)
      token.isSpent = true
      tokens.set(next, { of: token.of, isSpent: false })
      const { id, userId } = token.of.session
      return Promise.resolve({ id, userId })
    },
    revokeReused(_tx, digest) {
      const token = tokens.get(digest)
      if (token === undefined || !token.isSpent || token.of.isRevoked) return Promise.resolve(undefined)
      token.of.isRevoked = true
      return Promise.resolve(token.of.session.id)
    },
    revoke(_tx, { id, userId }) {
      const kept = sessions.get(id)
      if (kept?.session.userId === userId) kept.isRevoked = true
      return Promise.resolve()
    },
    forgetExpired(_tx, at) {
      const expired = [...sessions.values()].filter(({ session }) => isOver(session, at)).slice(0, 100)
      for (const { session } of expired) sessions.delete(session.id)
      for (const [digest, token] of tokens) if (expired.includes(token.of)) tokens.delete(digest)
      return Promise.resolve(expired.length)
    },
  }
}
