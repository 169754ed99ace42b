import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import { place, type Order } from '../domain/order.ts'
import type { OrderStore } from '../ports.ts'

const id = (part: string) => `01935b00-0000-7000-8000-${part.padStart(12, '0')}`
const tea = { sku: 'TEA-EARL-GREY', name: 'Earl Grey', quantity: 2, unitPrice: { amountMinor: 1250, currency: 'EUR' } }
const order = (part: string, customer = 'c1'): Order =>
  place({ id: id(part), customerId: id(customer), lines: [tea], now: new Date('2026-03-01T10:00:00Z') })

/** What every order store does. `inTransaction` runs work as the adapter's own database would. */
export function orderStoreSuite(
  store: OrderStore,
  inTransaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): void {
  const insert = (one: Order, key: string) => inTransaction((tx) => store.insert(tx, one, key))
  const find = (part: string, customer = 'c1') => inTransaction((tx) => store.find(tx, { orderId: id(part), customerId: id(customer) }))

  it('finds an order whole, by id and by step key', async () => {
    await insert(order('1'), 'key 1')
    expect(await find('1')).toEqual(order('1'))
    expect(await inTransaction((tx) => store.findByStepKey(tx, 'key 1'))).toEqual(order('1'))
    expect(await inTransaction((tx) => store.findByStepKey(tx, 'key 0'))).toBeUndefined()
  })

  it('hides an order from everybody but its customer', async () => {
    await insert(order('2'), 'key 2')
    expect(await find('2', 'c9')).toBeUndefined()
  })

  it('keeps one order for a step key', async () => {
    await insert(order('3'), 'key 3')
    await expect(insert(order('4'), 'key 3')).rejects.toThrow()
  })

  it('moves an order and remembers why', async () => {
    await insert(order('5'), 'key 5')
    await inTransaction((tx) => store.move(tx, id('5'), { status: 'rejected', reason: 'card_declined' }))
    expect(await find('5')).toMatchObject({ status: 'rejected', reason: 'card_declined' })
    await inTransaction((tx) => store.move(tx, id('5'), { status: 'confirmed' }))
    expect(await find('5')).not.toHaveProperty('reason')
  })

  it('keeps each change of an order, in turn, and none where nothing changed', async () => {
    await insert(order('6'), 'key 6')
    const flagged = { status: 'needs_attention', reason: 'charge stuck' } as const
    for (const state of [flagged, flagged, { status: 'confirmed' } as const]) await inTransaction((tx) => store.move(tx, id('6'), state))
    const changes = (after: number, limit: number) => inTransaction((tx) => store.changes(tx, { orderId: id('6'), after, limit }))
    const changedAt = expect.stringMatching(/^\d{4}-.*Z$/) as string
    expect(await changes(0, 9)).toEqual([
      { position: 1, status: 'pending', changedAt },
      { position: 2, ...flagged, changedAt },
      { position: 3, status: 'confirmed', changedAt },
    ])
    expect((await changes(1, 1)).map(({ position }) => position)).toEqual([2])
    expect(await changes(3, 9)).toEqual([])
  })

  it('lists a customer’s own, newest first, by status, page by page', async () => {
    for (const part of ['a1', 'a2', 'a3']) await insert(order(part, 'ca'), `key ${part}`)
    await inTransaction((tx) => store.move(tx, id('a2'), { status: 'cancelled' }))
    const list = (status: Order['status'] | undefined, after: string | undefined, limit: number) =>
      inTransaction((tx) => store.list(tx, { customerId: id('ca'), status, after, limit }))
    expect((await list(undefined, undefined, 2)).map((one) => one.id)).toEqual([id('a3'), id('a2')])
    expect((await list(undefined, id('a2'), 2)).map((one) => one.id)).toEqual([id('a1')])
    expect((await list('pending', undefined, 9)).map((one) => one.id)).toEqual([id('a3'), id('a1')])
  })
}
