import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemoryStock } from './in-memory-stock.ts'
import { firstStock, stockStoreSuite } from './stock-store-suite.ts'

describe('stock in memory', () => {
  stockStoreSuite(inMemoryStock(firstStock), (work) => work(noDatabase))
})
