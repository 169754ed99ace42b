import { local } from '@ashlar/service'
import { users as contract } from '@contracts/users'
import type { Clock, SessionStore } from '../ports.ts'

interface Needs {
  readonly sessions: SessionStore
  readonly clock: Clock
}

/** End the session the access token belongs to: its refresh token is good no more. Repeating it changes nothing. */
export const signOut = local(contract.signOut, ({ sessions, clock }: Needs) => async (_input, { tx, customer }) => {
  await sessions.revoke(tx, { id: customer.sessionId, userId: customer.id }, clock.now())
  return {}
})
