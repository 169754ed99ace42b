import { query, z } from '@ashlar/contract'
import { User, UserId } from '../shapes/user.ts'

/** Look up whom to write to. */
export const getUser = query({
  input: z.strictObject({ userId: UserId }),
  output: User,
  errors: { user_not_found: { status: 'NOT_FOUND' } },
  policy: { access: { services: ['notifications'] } },
})
