import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { chargesSuite } from './charges-suite.ts'
import { inMemoryCharges } from './in-memory-charges.ts'

describe('charges in memory', () => {
  chargesSuite(inMemoryCharges(), (work) => work(noDatabase))
})
