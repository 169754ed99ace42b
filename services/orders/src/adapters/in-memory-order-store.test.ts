import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemoryOrderStore } from './in-memory-order-store.ts'
import { orderStoreSuite } from './order-store-suite.ts'

describe('the order store in memory', () => {
  orderStoreSuite(inMemoryOrderStore(), (work) => work(noDatabase))
})
