import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import type { Shipment } from '../domain/shipment.ts'
import type { ShipmentStore } from '../ports.ts'

const shipTo = { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }
const parcelFor = (orderId: string): Shipment => ({ id: orderId.replace('0001', '0002'), orderId, status: 'scheduled', shipTo })

/** What every shipment store does. `inTransaction` runs work as the adapter's own database would. */
export function shipmentStoreSuite(
  store: ShipmentStore,
  inTransaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): void {
  it('finds what was kept, whole', async () => {
    const parcel = parcelFor('01935b00-0001-7000-8000-000000000001')
    await inTransaction((tx) => store.insert(tx, parcel, 'saga/ship/do/1'))
    expect(await inTransaction((tx) => store.find(tx, parcel.orderId))).toEqual(parcel)
  })

  it('finds nothing for another order', async () => {
    expect(await inTransaction((tx) => store.find(tx, '01935b00-0001-7000-8000-00000000ffff'))).toBeUndefined()
  })

  it('keeps one shipment for an order, and one for a step key', async () => {
    const parcel = parcelFor('01935b00-0001-7000-8000-000000000003')
    await inTransaction((tx) => store.insert(tx, parcel, 'saga/ship/do/3'))
    await expect(
      inTransaction((tx) => store.insert(tx, { ...parcel, id: '01935b00-0002-7000-8000-00000000aaaa' }, 'another key')),
    ).rejects.toThrow()
    await expect(
      inTransaction((tx) => store.insert(tx, parcelFor('01935b00-0001-7000-8000-000000000004'), 'saga/ship/do/3')),
    ).rejects.toThrow()
  })
}
