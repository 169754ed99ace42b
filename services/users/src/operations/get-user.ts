import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { users as contract } from '@contracts/users'
import type { UserStore } from '../ports.ts'

/** Look up whom to write to. */
export const getUser = local(contract.getUser, ({ users }: { users: UserStore }) => async ({ userId }, { tx }) => {
  return (await users.find(tx, userId)) ?? failed('user_not_found')
})
