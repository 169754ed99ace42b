import { mutation, z } from '@ashlar/contract'
import { RefreshToken, Session } from '../shapes/session.ts'

/** Exchange a refresh token for new tokens. It is good once: using it again ends the whole session. */
export const refreshSession = mutation({
  input: z.strictObject({ refreshToken: RefreshToken }),
  output: Session,
  errors: { invalid_refresh_token: { status: 'UNAUTHORIZED' } },
  policy: { access: 'open' },
  rest: { method: 'POST', path: '/v1/sessions/refresh' },
})
