import type { AnyContract } from '@ashlar/contract'
import { catalogue } from '@contracts/catalogue'
import { inventory } from '@contracts/inventory'
import { notifications } from '@contracts/notifications'
import { orders } from '@contracts/orders'
import { payments } from '@contracts/payments'
import { shipping } from '@contracts/shipping'
import { users } from '@contracts/users'

/** Every contract the door knows. Operations only services may call are not visible through it. */
export const contracts: readonly AnyContract[] = [users, catalogue, inventory, orders, payments, shipping, notifications]
