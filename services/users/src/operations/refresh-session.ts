import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { users as contract } from '@contracts/users'
import type { Clock, SessionStore } from '../ports.ts'
import { tokensFor, type TokenNeeds } from './tokens-for.ts'

interface Needs extends TokenNeeds {
  readonly sessions: SessionStore
  readonly clock: Clock
}

/** Exchange a refresh token for new tokens. It is good once: using it again ends the whole session. */
export const refreshSession = local(
  contract.refreshSession,
  ({ sessions, refreshTokens, accessTokens, clock }: Needs) =>
    async (input, { tx, logger }) => {
      const at = clock.now()
      const presented = refreshTokens.digestOf(input.refreshToken)
      const refreshToken = refreshTokens.next()
      const session = await sessions.rotate(tx, { presented, next: refreshTokens.digestOf(refreshToken), at })
      if (session !== undefined) return tokensFor(session, refreshToken, { accessTokens })

      const sessionId = await sessions.revokeReused(tx, presented, at)
      if (sessionId !== undefined) logger.warn({ session_id: sessionId }, 'a spent refresh token came again: the session is revoked')
      // an answer, not a throw: the revocation must commit
      return failed('invalid_refresh_token')
    },
)
