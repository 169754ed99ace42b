import { noDatabase, silentLogger } from '@ashlar/testing'
import { expect, it } from 'vitest'
import { inMemoryNotificationStore } from '../adapters/in-memory-notification-store.ts'
import type { TellingNeeds } from './tell-customer.ts'
import { tellCustomer } from './tell-customer.ts'

const event = { orderId: 'o1', customerId: 'c1', total: { amountMinor: 1250, currency: 'EUR' } }
const context = { messageId: 'm1', source: '/orders', aggregateVersion: 2, occurredAt: '2026-01-01T00:00:00.000Z', logger: silentLogger() }
const inTransaction = { ...context, tx: noDatabase, emit: () => {} }

function story(email: string | undefined) {
  const mails: string[] = []
  let ids = 0
  const needs: TellingNeeds = {
    notifications: inMemoryNotificationStore(),
    addressBook: { emailOf: () => Promise.resolve(email) },
    mailer: { send: ({ id, to }) => Promise.resolve(void mails.push(`${id} to ${to}`)) },
    ids: { next: () => `n${(ids += 1)}` },
  }
  const parts = tellCustomer(needs, (data) => ({ ...data, kind: 'order_confirmed' }))
  const effect = { ...context, key: 'k', signal: AbortSignal.timeout(1_000) }
  return { mails, needs, parts, effect }
}

it('sends one mail under the id it noted before', async () => {
  const { mails, needs, parts, effect } = story('ada@example.com')
  const opened = await parts.open?.(event, inTransaction)
  const told = await parts.effect(opened as never, effect)
  await parts.complete(opened as never, told, inTransaction)
  expect(mails).toEqual(['n1 to ada@example.com'])
  const sent = await needs.notifications.listSent(noDatabase, { customerId: 'c1', after: undefined, limit: 10 })
  expect(sent.map(({ id }) => id)).toEqual(['n1'])
})

it('uses the same id when it died before it could mark the mail as sent', async () => {
  const { mails, parts, effect } = story('ada@example.com')
  await parts.effect((await parts.open?.(event, inTransaction)) as never, effect)
  await parts.effect((await parts.open?.(event, inTransaction)) as never, effect)
  expect(mails).toEqual(['n1 to ada@example.com', 'n1 to ada@example.com'])
})

it('is settled once the mail was sent', async () => {
  const { parts, effect } = story('ada@example.com')
  const opened = await parts.open?.(event, inTransaction)
  await parts.complete(opened as never, await parts.effect(opened as never, effect), inTransaction)
  expect(await parts.open?.(event, inTransaction)).toHaveProperty('answer')
})

it('sends nothing to somebody who is not known', async () => {
  const { mails, parts, effect } = story(undefined)
  const opened = await parts.open?.(event, inTransaction)
  expect(await parts.effect(opened as never, effect)).toBe('nobody to write to')
  expect(mails).toEqual([])
})
