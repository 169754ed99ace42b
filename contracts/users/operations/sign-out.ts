import { mutation, z } from '@ashlar/contract'

/** End the session the access token belongs to: its refresh token is good no more. Repeating it changes nothing. */
export const signOut = mutation({
  input: z.strictObject({}),
  output: z.object({}),
  policy: { access: 'customer' },
  rest: { method: 'DELETE', path: '/v1/sessions/current', status: 204 },
})
