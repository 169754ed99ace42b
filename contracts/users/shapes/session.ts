import { z } from '@ashlar/contract'

export const RefreshToken = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_.-]+$/, 'must be a refresh token as it was issued')

/** A signed-in session: a short-lived access token, and the refresh token that is good for one exchange. */
export const Session = z
  .object({
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresInSeconds: z.int(),
    refreshToken: z.string(),
  })
  .meta({ id: 'Session' })
export type Session = z.output<typeof Session>
