import { expect, it } from 'vitest'
import { ask } from './ask.ts'
import { createTestDatabase } from './create-test-database.ts'
import { startFaultyPostgres } from './fault-servers.ts'
import { ownFolder } from './own-folder.ts'
import { testServers } from './test-servers.ts'

it('gives every test a database that only its own role can open', async () => {
  await using mine = await createTestDatabase('mine')
  await using other = await createTestDatabase('other')
  expect(await ask(mine.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])

  const intruder = new URL(other.url)
  intruder.username = new URL(mine.url).username
  intruder.password = new URL(mine.url).password
  await expect(ask(intruder.href, 'SELECT 1')).rejects.toThrow(/permission denied for database/)
})

it('names a NATS address', () => {
  expect(testServers().natsUrl).toMatch(/^nats:\/\/127\.0\.0\.1:\d+$/)
})

it('comes back on the same port with its rows after kill -9', async () => {
  await using server = await startFaultyPostgres({ folder: await ownFolder() })
  await ask(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  const before = server.pid
  // A worker busy counting does not notice that its server is gone.
  const cutOff = ask(server.url, 'SELECT count(*) FROM generate_series(1, 100000000)').catch((error: Error) => error.message)
  await expect
    .poll(() => ask(server.url, `SELECT 1 AS one FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND pid <> pg_backend_pid()`))
    .toEqual([{ one: 1 }])
  await server.kill()
  expect(server.pid).toBeUndefined()
  await server.start()
  expect(await cutOff).toMatch(/terminated|ECONNRESET/)
  expect(server.pid).not.toBe(before)
  expect(await ask(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})
