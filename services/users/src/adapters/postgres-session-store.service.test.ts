import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresSessionStore } from './postgres-session-store.ts'
import { postgresUserStore } from './postgres-user-store.ts'
import { digest, later, opened, owner, sessionNumber, sessionStoreSuite } from './session-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('sessions')
  database = await serviceDatabase(url, { name: 'users', migrations: new URL('../../migrations', import.meta.url) })
  const user = { id: owner, email: 'ada@example.com', name: 'Ada', createdAt: opened.toISOString() }
  await database.transaction((tx) => postgresUserStore().insert(tx, user, 'hash'))
})
afterAll(() => database.close())

describe('the session store in PostgreSQL', () => {
  const store = postgresSessionStore()
  sessionStoreSuite(store, (work) => database.transaction(work))

  it('tells the loser of a race that the token was spent, while the winner had not yet committed', async () => {
    await database.transaction((tx) => store.open(tx, sessionNumber(7), digest('race')))
    const attempt = (next: string, beforeCommit: Promise<void>) =>
      database.transaction(async (tx) => {
        const session = await store.rotate(tx, { presented: digest('race'), next: digest(next), at: later })
        await beforeCommit
        return session ?? (await store.revokeReused(tx, digest('race'), later))
      })
    const gate = Promise.withResolvers<void>()
    const winner = attempt('race 2', gate.promise)
    await untilWaiting(0)
    const loser = attempt('race 3', Promise.resolve())
    await untilWaiting(1)
    gate.resolve()
    expect(await winner).toEqual({ id: sessionNumber(7).id, userId: owner })
    expect(await loser).toBe(sessionNumber(7).id)
  })
})

/** Waits until the first transaction holds the token, or until the second waits for it. */
async function untilWaiting(expected: 0 | 1): Promise<void> {
  const asked =
    expected === 1
      ? `wait_event_type = 'Lock' and query like '%update refresh_tokens%'`
      : `state = 'idle in transaction' and query like '%update refresh_tokens%'`
  for (;;) {
    const found = await database.query(
      `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${asked}`,
    )
    if (found.length > 0) return
  }
}
