import { newId, readConfig, type Platform, type ServiceDefinition } from '@ashlar/service'
import { notifications } from '@contracts/notifications'
import { users } from '@contracts/users'
import { pickupMailer } from './adapters/pickup-mailer.ts'
import { postgresNotificationStore } from './adapters/postgres-notification-store.ts'
import { usersAddressBook } from './adapters/users-address-book.ts'
import { NotificationsConfig } from './config.ts'
import { notificationsService } from './service.ts'

export { NotificationsConfig } from './config.ts'

/** Builds notifications on a platform; alone in its process, or beside other services in one. */
export function startNotifications(platform: Platform, environment: NodeJS.ProcessEnv): ServiceDefinition {
  const config = readConfig(NotificationsConfig, environment)
  return notificationsService({
    notifications: postgresNotificationStore(),
    addressBook: usersAddressBook(platform.client(users, { as: notifications })),
    mailer: pickupMailer(config.NOTIFICATIONS_MAIL_DIR),
    ids: { next: newId },
  })
}
