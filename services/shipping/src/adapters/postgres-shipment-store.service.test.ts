import { describe } from 'vitest'
import { testDatabaseOf } from '@ashlar/testing'
import { postgresShipmentStore } from './postgres-shipment-store.ts'
import { shipmentStoreSuite } from './shipment-store-suite.ts'

describe('the shipment store in PostgreSQL', async () => {
  const database = await testDatabaseOf('shipping', new URL('../../migrations', import.meta.url))
  shipmentStoreSuite(postgresShipmentStore(), (work) => database.transaction(work))
})
