import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import { postgresShipmentStore } from './postgres-shipment-store.ts'
import { shipmentStoreSuite } from './shipment-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('shipping')
  database = await serviceDatabase(url, { name: 'shipping', migrations: new URL('../../migrations', import.meta.url) })
})
afterAll(() => database.close())

describe('the shipment store in PostgreSQL', () => {
  shipmentStoreSuite(postgresShipmentStore(), (work) => database.transaction(work))
})
