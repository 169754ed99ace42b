import { event, z } from '@ashlar/contract'
import { UserId } from '../shapes/user.ts'

/** A customer opened an account. Who they are is asked for with `getUser`: personal data stays out of the history. */
export const userRegistered = event({
  version: 1,
  aggregate: 'userId',
  key: 'userId',
  data: z.object({ userId: UserId, registeredAt: z.iso.datetime() }),
})
