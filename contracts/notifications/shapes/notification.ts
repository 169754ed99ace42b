import { z } from '@ashlar/contract'

/** What a customer can be told about an order. */
export const NotificationKind = z.enum(['order_confirmed', 'order_rejected', 'order_cancelled']).meta({ id: 'NotificationKind' })
export type NotificationKind = z.output<typeof NotificationKind>

/** A message that was sent to a customer. */
export const Notification = z
  .object({
    id: z.uuid(),
    kind: NotificationKind,
    orderId: z.uuid(),
    subject: z.string(),
    text: z.string(),
    sentAt: z.iso.datetime(),
  })
  .meta({ id: 'Notification' })
export type Notification = z.output<typeof Notification>
