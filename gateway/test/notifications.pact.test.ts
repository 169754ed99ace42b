import { failed } from '@ashlar/contract'
import { notifications } from '@contracts/notifications'
import { it } from 'vitest'
import { openDoorPact } from './at-the-door.ts'

const pact = openDoorPact(notifications)

it('lists what a customer was told', () =>
  pact.visit(notifications.listNotifications, 'a customer who was told something', {
    given: [{ name: 'the caller was told of two orders' }],
    path: '/v1/notifications?limit=1',
    answer: {
      items: [
        {
          id: '01935b00-0000-7000-8000-0000000000d1',
          kind: 'order_rejected',
          orderId: '01935b00-0000-7000-8000-000000000001',
          subject: 'We could not keep your order',
          text: 'Your card was declined. You have paid nothing.',
          sentAt: '2026-03-01T10:00:00.000Z',
        },
      ],
      nextCursor: 'c29tZXdoZXJl',
    },
  }))

it('refuses a cursor that it did not give', () =>
  pact.visit(notifications.listNotifications, 'a cursor that was never given', {
    path: '/v1/notifications?cursor=nowhere',
    answer: failed('invalid_cursor'),
  }))

it('is committed as it was told', () => pact.isKept())
