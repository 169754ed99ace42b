import { argonPasswords } from '../adapters/argon-passwords.ts'
import { inMemorySessionStore } from '../adapters/in-memory-session-store.ts'
import { inMemoryUserStore } from '../adapters/in-memory-user-store.ts'
import { randomRefreshTokens } from '../adapters/random-refresh-tokens.ts'
import type { AccessTokens } from '../ports.ts'

/** Everything the operations of users need: real passwords, stores in memory, ids and tokens that count, a clock that is set by hand. */
export function usersInMemory() {
  const clock = { time: new Date('2026-01-01T12:00:00.000Z'), now: () => clock.time }
  const made = { ids: 0, tokens: 0 }
  return {
    users: inMemoryUserStore(),
    sessions: inMemorySessionStore(),
    passwords: argonPasswords(),
    refreshTokens: { ...randomRefreshTokens(), next: () => `refresh-${(made.tokens += 1)}` },
    accessTokens: readableTokens,
    ids: { next: () => idNumber((made.ids += 1)) },
    clock,
  }
}

export const idNumber = (n: number): string => `01935b00-0000-7000-8000-00000000000${n}`

const readableTokens: AccessTokens = {
  issue: ({ id, userId }) => Promise.resolve({ token: `${userId} in ${id}`, expiresInSeconds: 900 }),
  publishedKeys: () => [{ kty: 'OKP', crv: 'Ed25519', x: 'point', kid: 'access-1', alg: 'EdDSA', use: 'sig' }],
}
