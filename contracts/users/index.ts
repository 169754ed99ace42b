import { defineContract, type ContractOf } from '@ashlar/contract'
import { userRegistered } from './events/user-registered.ts'
import { getMe } from './operations/get-me.ts'
import { getPublishedKeys } from './operations/get-published-keys.ts'
import { getUser } from './operations/get-user.ts'
import { refreshSession } from './operations/refresh-session.ts'
import { registerUser } from './operations/register-user.ts'
import { signIn } from './operations/sign-in.ts'
import { signOut } from './operations/sign-out.ts'

/** Accounts, sessions, and the keys that vouch for them. */
export const users = defineContract({
  name: 'users',
  version: 1,
  operations: { registerUser, signIn, refreshSession, signOut, getMe, getUser, getPublishedKeys },
  events: { userRegistered },
})
export interface Users extends ContractOf<typeof users> {}

export { userRegistered } from './events/user-registered.ts'
export type { PublishedKey } from './shapes/published-key.ts'
export type { Session } from './shapes/session.ts'
export type { User } from './shapes/user.ts'
