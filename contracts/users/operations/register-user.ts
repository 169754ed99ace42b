import { mutation, z } from '@ashlar/contract'
import { userRegistered } from '../events/user-registered.ts'
import { Email, Password, PersonName, User } from '../shapes/user.ts'

/** Open an account. An email address belongs to one account, whatever its letter case. */
export const registerUser = mutation({
  input: z.strictObject({ email: Email, password: Password, name: PersonName }),
  output: User,
  errors: { email_taken: { status: 'CONFLICT' } },
  policy: { access: 'open' },
  emits: [userRegistered],
  rest: { method: 'POST', path: '/v1/users', status: 201 },
})
