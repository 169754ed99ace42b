import { failed } from '@ashlar/contract'
import { silentLogger } from '@ashlar/testing'
import { openPact } from '@ashlar/testing/pact'
import { users } from '@contracts/users'
import { expect, it } from 'vitest'
import { usersAddressBook } from '../src/adapters/users-address-book.ts'
import { tell } from '../src/domain/notification.ts'
import { tellCustomer } from '../src/reactions/tell-customer.ts'
import { telling } from './telling.ts'

const pact = openPact({ consumer: 'notifications', provider: users, contracts: new URL('../../../contracts/', import.meta.url) })
const userId = '01935b00-0000-7000-8000-0000000000aa'

const news = tell('01935b00-0000-7000-8000-0000000000d1', {
  kind: 'order_confirmed',
  orderId: '01935b00-0000-7000-8000-000000000001',
  customerId: userId,
  total: { amountMinor: 2505, currency: 'EUR' },
})
const context = { key: 'k', messageId: 'm1', source: '/orders', aggregateVersion: 1, occurredAt: '2026-03-01T10:00:00.000Z' }

async function told(needs: ReturnType<typeof telling>) {
  const { effect } = tellCustomer(needs, (data) => ({ ...data, kind: 'order_confirmed' }))
  return effect(news, { ...context, logger: silentLogger(), signal: AbortSignal.timeout(5_000) })
}

it('writes to the address the customer registered with', () =>
  pact.call(users.getUser, 'a customer of the shop', {
    given: [{ name: 'a user is registered', provides: { userId } }],
    answer: { id: userId, email: 'ada@example.com', name: 'Ada', createdAt: '2026-03-01T10:00:00.000Z' },
    async tell({ client }) {
      const needs = telling(usersAddressBook(client))
      expect(await told(needs)).toBe('sent')
      expect(needs.mails).toMatchObject([{ to: 'ada@example.com' }])
    },
  }))

it('writes to nobody when the customer is not known any more', () =>
  pact.call(users.getUser, 'somebody who is not known', {
    answer: failed('user_not_found'),
    async tell({ client }) {
      expect(await told(telling(usersAddressBook(client)))).toBe('nobody to write to')
    },
  }))

it('is committed as it was told', () => pact.isKept())
