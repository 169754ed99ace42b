import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of notifications. */
export const NotificationsConfig = z.object({
  ...platformConfig('notifications'),
  /** Directory a mail server picks messages up from. */
  NOTIFICATIONS_MAIL_DIR: z.string(),
})
