import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemorySessionStore } from './in-memory-session-store.ts'
import { sessionStoreSuite } from './session-store-suite.ts'

describe('the session store in memory', () => {
  sessionStoreSuite(inMemorySessionStore(), (work) => work(noDatabase))
})
