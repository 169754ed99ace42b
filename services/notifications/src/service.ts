import { service, type ServiceDefinition } from '@ashlar/service'
import { notifications } from '@contracts/notifications'
import { listNotifications } from './operations/list-notifications.ts'
import { onOrderCancelled } from './reactions/on-order-cancelled.ts'
import { onOrderConfirmed } from './reactions/on-order-confirmed.ts'
import { onOrderRejected } from './reactions/on-order-rejected.ts'
import type { TellingNeeds } from './reactions/tell-customer.ts'

const migrations = new URL('../migrations', import.meta.url)

/** Notifications: who keeps which promise, and what it listens to. */
export function notificationsService(needs: TellingNeeds): ServiceDefinition {
  return service(notifications, {
    operations: { listNotifications },
    reactions: { onOrderConfirmed, onOrderRejected, onOrderCancelled },
    migrations,
    needs,
  })
}
