import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresShipmentStore } from './postgres-shipment-store.ts'
import { shipmentStoreSuite } from './shipment-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('shipping')
  database = await serviceDatabase(url, { name: 'shipping', migrations: new URL('../../migrations', import.meta.url) })
})
afterAll(() => database.close())

describe('the shipment store in PostgreSQL', () => {
  const store = postgresShipmentStore()
  shipmentStoreSuite(store, (work) => database.transaction(work))

  it('lets one decide about an order at a time: who asks meanwhile finds what was decided', async () => {
    const orderId = '01935b00-0001-7000-8000-00000000000a'
    const shipTo = { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }
    const decided = { id: '01935b00-0002-7000-8000-00000000000a', orderId, status: 'scheduled', shipTo } as const
    const meanwhile = Promise.withResolvers<unknown>()
    const asks = () => database.transaction((tx) => store.find(tx, orderId)).then(meanwhile.resolve, meanwhile.reject)
    const waiting = `select 1 from pg_locks join pg_database on oid = database
      where locktype = 'advisory' and not granted and datname = current_database()`
    const isWaiting = async () => (await database.query(waiting)).length > 0
    await database.transaction(async (tx) => {
      expect(await store.find(tx, orderId)).toBeUndefined()
      void asks()
      await expect.poll(isWaiting).toBe(true)
      await store.insert(tx, decided, 'saga/ship/do/a')
    })
    expect(await meanwhile.promise).toEqual(decided)
  })
})
