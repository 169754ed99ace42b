import { failed } from '@ashlar/contract'
import { staged } from '@ashlar/service'
import { users as contract } from '@contracts/users'
import { openSession } from '../domain/session.ts'
import type { Clock, Ids, Passwords, SessionStore, UserStore } from '../ports.ts'
import { tokensFor, type TokenNeeds } from './tokens-for.ts'

interface Needs extends TokenNeeds {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly passwords: Passwords
  readonly ids: Ids
  readonly clock: Clock
}

/** Open a session. A wrong password and an unknown address are answered alike, and take as long. */
export const signIn = staged(contract.signIn, ({ users, sessions, passwords, refreshTokens, accessTokens, ids, clock }: Needs) => ({
  async open({ email, password }, { tx }) {
    return { password, credentials: await users.credentialsOf(tx, email) }
  },

  async effect({ password, credentials }) {
    const { valid, needsRehash } = await passwords.verify(password, credentials?.passwordHash)
    if (!valid || credentials === undefined) return undefined
    return { credentials, freshHash: needsRehash ? await passwords.hash(password) : undefined }
  },

  async complete(_opened, proven, { tx }) {
    if (proven === undefined) return failed('invalid_credentials')
    const { credentials, freshHash } = proven
    if (freshHash !== undefined) await users.renewHash(tx, credentials, freshHash)

    const at = clock.now()
    // whoever comes in sweeps a little: old sessions need no timer of their own
    await sessions.forgetExpired(tx, at)
    const session = openSession({ id: ids.next(), userId: credentials.userId, at })
    const refreshToken = refreshTokens.next()
    await sessions.open(tx, session, refreshTokens.digestOf(refreshToken))
    return tokensFor(session, refreshToken, { accessTokens })
  },
}))
