import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import { release, releasedBeforehand, reserve, sell, type Booking, type Line } from '../domain/reservation.ts'
import type { StockStore } from '../ports.ts'

type InTransaction = <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>

/** Units every store is opened with. */
export const firstStock = { 'TEA-EARL-GREY': 10, 'POT-GLASS': 4 }

/** What every stock store does. `inTransaction` runs work as the adapter's own database would. */
export function stockStoreSuite(store: StockStore, inTransaction: InTransaction): void {
  const onHand = async (sku: string) => (await inTransaction((tx) => store.lock(tx, [{ sku, quantity: 1 }])))[0]

  it('gives levels by sku, each once, and leaves out what it does not know', async () => {
    const asked = ['TEA-EARL-GREY', 'NO-SUCH-THING', 'POT-GLASS', 'TEA-EARL-GREY'].map((sku) => ({ sku, quantity: 1 }))
    const levels = await inTransaction((tx) => store.lock(tx, asked))
    expect(levels).toEqual([
      { sku: 'POT-GLASS', onHand: 4, reserved: 0, sold: 0 },
      { sku: 'TEA-EARL-GREY', onHand: 10, reserved: 0, sold: 0 },
    ])
  })

  it('keeps a reservation through its life, and its levels with it', async () => {
    const orderId = orderNumber(1)
    const reserved = await inTransaction((tx) => book(store, { tx, orderId, quantity: 3 }))
    expect(await inTransaction((tx) => store.reservationOf(tx, orderId))).toEqual(reserved.reservation)
    expect(await onHand('TEA-EARL-GREY')).toMatchObject({ onHand: 7, reserved: 3 })

    await inTransaction((tx) => store.save(tx, sell(reserved.levels, reserved.reservation), 'commit 1'))
    expect(await inTransaction((tx) => store.reservationOf(tx, orderId))).toMatchObject({ status: 'sold' })
    expect(await onHand('TEA-EARL-GREY')).toMatchObject({ onHand: 7, reserved: 0, sold: 3 })
  })

  it('puts released stock back', async () => {
    const orderId = orderNumber(2)
    const before = await onHand('TEA-EARL-GREY')
    const reserved = await inTransaction((tx) => book(store, { tx, orderId, quantity: 2 }))
    await inTransaction((tx) => store.save(tx, release(reserved.levels, reserved.reservation), 'release 2'))
    expect(await onHand('TEA-EARL-GREY')).toEqual(before)
    expect(await inTransaction((tx) => store.reservationOf(tx, orderId))).toMatchObject({ status: 'released' })
  })

  it('remembers a release that came before its reservation', async () => {
    const reservation = releasedBeforehand(reservationNumber(3), orderNumber(3))
    await inTransaction((tx) => store.save(tx, { reservation, levels: [] }, 'release 3'))
    expect(await inTransaction((tx) => store.reservationOf(tx, orderNumber(3)))).toEqual(reservation)
  })

  it('refuses a key that another deed was done under', async () => {
    await inTransaction((tx) => book(store, { tx, orderId: orderNumber(4), quantity: 1 }))
    await expect(
      inTransaction((tx) => book(store, { tx, orderId: orderNumber(5), quantity: 1, key: `reserve ${orderNumber(4)}` })),
    ).rejects.toThrow(/key/)
  })
}

const orderNumber = (n: number): string => `01935b00-0001-7000-8000-00000000000${n}`
const reservationNumber = (n: number): string => `01935b00-0002-7000-8000-00000000000${n}`

interface Wish {
  readonly tx: Transaction
  readonly orderId: string
  readonly quantity: number
  readonly key?: string
}

/** Reserves tea the way the operation does. */
async function book(store: StockStore, { tx, orderId, quantity, key = `reserve ${orderId}` }: Wish): Promise<Booking> {
  const lines: Line[] = [{ sku: 'TEA-EARL-GREY', quantity }]
  const decision = reserve(await store.lock(tx, lines), { id: orderId.replace('0001', '0002'), orderId, lines })
  if (decision.kind === 'refused') throw new Error('the suite ran out of tea')
  await store.save(tx, decision, key)
  return { reservation: decision.reservation, levels: decision.levels }
}
