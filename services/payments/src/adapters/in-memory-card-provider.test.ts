import { describe } from 'vitest'
import { cardProviderSuite } from './card-provider-suite.ts'
import { inMemoryCardProvider } from './in-memory-card-provider.ts'

describe('a card provider in memory', () => {
  const provider = inMemoryCardProvider()
  cardProviderSuite(() => provider)
})
