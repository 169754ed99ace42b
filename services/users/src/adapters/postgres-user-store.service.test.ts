import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresUserStore } from './postgres-user-store.ts'
import { userStoreSuite } from './user-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('users')
  database = await serviceDatabase(url, { name: 'users', migrations: new URL('../../migrations', import.meta.url) })
})
afterAll(() => database.close())

describe('the user store in PostgreSQL', () => {
  const store = postgresUserStore()
  userStoreSuite(store, (work) => database.transaction(work))

  it('makes one account when two register an address at once', async () => {
    const register = (id: string) =>
      database.transaction((tx) =>
        store.insert(tx, { id, email: 'dan@example.com', name: 'Dan', createdAt: '2026-01-01T12:00:00Z' }, 'hash'),
      )
    const answers = await Promise.all(
      ['01935b00-0002-7000-8000-000000000001', '01935b00-0002-7000-8000-000000000002', '01935b00-0002-7000-8000-000000000003'].map(
        register,
      ),
    )
    expect(answers.toSorted()).toEqual(['email_taken', 'email_taken', 'kept'])
  })
})
