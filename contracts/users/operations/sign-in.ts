import { mutation, z } from '@ashlar/contract'
import { Session } from '../shapes/session.ts'
import { Email } from '../shapes/user.ts'

/** Open a session. A wrong password and an unknown address are answered alike, and take as long. */
export const signIn = mutation({
  input: z.strictObject({ email: Email, password: z.string().min(1).max(200) }),
  output: Session,
  errors: { invalid_credentials: { status: 'UNAUTHORIZED' } },
  policy: { access: 'open' },
  rest: { method: 'POST', path: '/v1/sessions', status: 201 },
})
