import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import type { Notification } from '../domain/notification.ts'
import type { NotificationStore } from '../ports.ts'

const id = (part: string) => `01935b00-0000-7000-8000-${part.padStart(12, '0')}`
const notice = (part: string, customer = '1'): Notification => ({
  id: id(part),
  customerId: id(`c${customer}`),
  orderId: id(`d${part}`),
  kind: 'order_confirmed',
  subject: 'Your order is confirmed',
  text: 'On its way.',
})

/** What every notification store does. `inTransaction` runs work as the adapter's own database would. */
export function notificationStoreSuite(
  store: NotificationStore,
  inTransaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): void {
  it('gives back the first notification when the same news comes again', async () => {
    const first = await inTransaction((tx) => store.open(tx, notice('1')))
    const again = await inTransaction((tx) => store.open(tx, { ...notice('1'), id: id('2'), text: 'other words' }))
    expect(again).toEqual(first)
    expect(first).toEqual({ ...notice('1'), isSent: false })
  })

  it('knows what was sent', async () => {
    await inTransaction((tx) => store.open(tx, notice('3')))
    await inTransaction((tx) => store.markSent(tx, id('3')))
    expect((await inTransaction((tx) => store.open(tx, notice('3')))).isSent).toBe(true)
  })

  it('lists a customer’s own, sent ones only, newest first, page by page', async () => {
    for (const part of ['11', '12', '13']) await inTransaction((tx) => store.open(tx, notice(part, '2')))
    await inTransaction((tx) => store.open(tx, notice('14', '3')))
    for (const part of ['11', '12', '14']) await inTransaction((tx) => store.markSent(tx, id(part)))
    const page = await inTransaction((tx) => store.listSent(tx, { customerId: id('c2'), after: undefined, limit: 1 }))
    expect(page.map((one) => one.id)).toEqual([id('12')])
    expect(page[0]?.sentAt).toMatch(/^\d{4}-.*Z$/)
    const next = await inTransaction((tx) => store.listSent(tx, { customerId: id('c2'), after: id('12'), limit: 5 }))
    expect(next.map((one) => one.id)).toEqual([id('11')])
  })
}
