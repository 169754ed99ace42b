import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import { chargesSuite } from './charges-suite.ts'
import { postgresCharges } from './postgres-charges.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('payments')
  database = await serviceDatabase(url, { name: 'payments', migrations: new URL('../../migrations', import.meta.url) })
})
afterAll(() => database.close())

describe('charges in PostgreSQL', () => {
  chargesSuite(postgresCharges(), (work) => database.transaction(work))
})
