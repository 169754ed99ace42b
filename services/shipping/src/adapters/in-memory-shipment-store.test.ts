import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemoryShipmentStore } from './in-memory-shipment-store.ts'
import { shipmentStoreSuite } from './shipment-store-suite.ts'

describe('the shipment store in memory', () => {
  shipmentStoreSuite(inMemoryShipmentStore(), (work) => work(noDatabase))
})
