import { defineContract, type ContractOf } from '@ashlar/contract'
import { listNotifications } from './operations/list-notifications.ts'

/** What customers were told. */
export const notifications = defineContract({
  name: 'notifications',
  version: 1,
  operations: { listNotifications },
})
export interface Notifications extends ContractOf<typeof notifications> {}

export type { Notification, NotificationKind } from './shapes/notification.ts'
