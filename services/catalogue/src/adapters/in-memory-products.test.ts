import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemoryProducts } from './in-memory-products.ts'
import { productStoreSuite, sampleProducts } from './product-store-suite.ts'

describe('products in memory', () => {
  productStoreSuite(inMemoryProducts(sampleProducts), () => noDatabase)
})
