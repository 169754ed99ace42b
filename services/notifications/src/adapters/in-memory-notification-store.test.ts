import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemoryNotificationStore } from './in-memory-notification-store.ts'
import { notificationStoreSuite } from './notification-store-suite.ts'

describe('the notification store in memory', () => {
  notificationStoreSuite(inMemoryNotificationStore(), (work) => work(noDatabase))
})
