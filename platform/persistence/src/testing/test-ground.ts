import { randomBytes } from 'node:crypto'
import { defineContract, event, mutation, z } from '@ashlar/contract'
import { connectNats, type Bus, type StreamSpec } from '@ashlar/messaging'
import { createTestDatabase, testServers } from '@deploy/local/testing'
import { createLogger, type Logger } from '@observability/telemetry'
import type { Database } from '../database.ts'
import { openDatabase } from '../database/open-database.ts'
import { migrate } from '../migrations/migrate.ts'
import { platformMigrations } from '../migrations/migration-folder.ts'

/** A logger that says nothing. */
export const silent: Logger = createLogger({ service: 'test', level: 'silent' })

/** A migrated database of a test's own, and a pool on it. */
export async function testGround(name: string): Promise<{ url: string; database: Database } & AsyncDisposable> {
  const created = await createTestDatabase(name)
  await migrate({ url: created.url, folders: [platformMigrations()] })
  const database = openDatabase({ url: created.url, name, poolSize: 10 })
  return {
    url: created.url,
    database,
    async [Symbol.asyncDispose]() {
      await database.close()
      await created.drop()
    },
  }
}

/** A contract with a name of its own, so that tests on one broker do not meet. */
export function testContract() {
  const parcelMoved = event({
    version: 1,
    aggregate: 'parcelId',
    key: 'parcelId',
    data: z.object({ parcelId: z.string(), place: z.string() }),
  })
  const placeVisited = event({
    version: 1,
    aggregate: 'place',
    key: 'parcelId',
    data: z.object({ place: z.string(), parcelId: z.string() }),
  })
  return defineContract({
    name: `parcels${randomBytes(4)
      .toString('hex')
      .replaceAll(/[0-9]/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`,
    version: 1,
    operations: {
      moveParcel: mutation({
        input: z.strictObject({ parcelId: z.string(), place: z.string().default('shelf') }),
        output: z.object({}),
        policy: { access: { services: ['orders'] }, idempotency: 'key' },
        emits: [parcelMoved],
      }),
      weighParcel: mutation({ input: z.strictObject({}), output: z.object({}), policy: { access: 'open' } }),
    },
    events: { parcelMoved, placeVisited },
  })
}

/** The stream of a contract's events, small. */
export function testStream(contract: { name: string }): StreamSpec {
  return {
    name: `EVENTS_${contract.name}`,
    subjects: [`${contract.name}.*.*`],
    onFull: 'drop-oldest',
    maxAgeMs: 3_600_000,
    maxBytes: 16 * 1024 * 1024,
    maxMessages: 100_000,
    maxMessageBytes: 64 * 1024,
  }
}

/** The broker of this test run. */
export function testBus(url: string = testServers().natsUrl): Promise<Bus> {
  return connectNats({ url, name: 'persistence test', logger: silent })
}

/** Waits until something holds, 40 s at most; then says what it last was. */
export async function until<Value>(read: () => Promise<Value> | Value, holds: (value: Value) => boolean): Promise<Value> {
  const deadline = performance.now() + 40_000
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (performance.now() > deadline) throw new Error(`it never came to hold; last seen: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
