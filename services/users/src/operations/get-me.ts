import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { users as contract } from '@contracts/users'
import type { UserStore } from '../ports.ts'

/** Show the customer their own account. */
export const getMe = local(contract.getMe, ({ users }: { users: UserStore }) => async (_input, { tx, customer }) => {
  return (await users.find(tx, customer.id)) ?? failed('user_not_found')
})
