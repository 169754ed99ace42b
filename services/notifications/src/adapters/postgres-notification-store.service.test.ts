import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import { postgresNotificationStore } from './postgres-notification-store.ts'
import { notificationStoreSuite } from './notification-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('notifications')
  database = await serviceDatabase(url, { name: 'notifications', migrations: new URL('../../migrations', import.meta.url) })
})
afterAll(() => database.close())

describe('the notification store in PostgreSQL', () => {
  notificationStoreSuite(postgresNotificationStore(), (work) => database.transaction(work))
})
