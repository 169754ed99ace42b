import { query, z } from '@ashlar/contract'
import { Notification } from '../shapes/notification.ts'
import { Cursor, PageLimit } from '../shapes/page.ts'

/** List what a customer was told, newest first. `nextCursor` is absent on the last page. */
export const listNotifications = query({
  input: z.strictObject({ cursor: Cursor.optional(), limit: PageLimit }),
  output: z.object({ items: z.array(Notification), nextCursor: z.string().optional() }).meta({ id: 'NotificationPage' }),
  errors: { invalid_cursor: { status: 'BAD_REQUEST' } },
  policy: { access: 'customer' },
  rest: { method: 'GET', path: '/v1/notifications' },
})
