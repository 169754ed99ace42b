import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemoryUserStore } from './in-memory-user-store.ts'
import { userStoreSuite } from './user-store-suite.ts'

describe('the user store in memory', () => {
  userStoreSuite(inMemoryUserStore(), (work) => work(noDatabase))
})
