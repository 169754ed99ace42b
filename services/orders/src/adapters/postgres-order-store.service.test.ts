import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import { postgresOrderStore } from './postgres-order-store.ts'
import { orderStoreSuite } from './order-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('orders')
  database = await serviceDatabase(url, { name: 'orders', migrations: new URL('../../migrations', import.meta.url) })
})
afterAll(() => database.close())

describe('the order store in PostgreSQL', () => {
  orderStoreSuite(postgresOrderStore(), (work) => database.transaction(work))
})
