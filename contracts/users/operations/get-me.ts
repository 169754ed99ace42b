import { query, z } from '@ashlar/contract'
import { User } from '../shapes/user.ts'

/** Show the customer their own account. */
export const getMe = query({
  input: z.strictObject({}),
  output: User,
  errors: { user_not_found: { status: 'NOT_FOUND' } },
  policy: { access: 'customer' },
  rest: { method: 'GET', path: '/v1/users/me' },
})
