import { createTestDatabase } from '@deploy/local/testing'
import { createLogger } from '@observability/telemetry'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../database/open-database.ts'
import { openWakes, wakeReaders, type Wakes } from '../index.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const longMs = 60_000

let url: string
let dropped: () => Promise<void>
beforeAll(async () => {
  const made = await createTestDatabase('wakes')
  url = made.url
  dropped = () => made.drop()
})
afterAll(() => dropped())

/** A process on the database, as far as wakes go. */
function open(name: string): { database: Database; wakes: Wakes } {
  const database = openDatabase({ url, name })
  const wakes = openWakes({ database, url, name, logger })
  onTestFinished(async () => {
    await wakes.close()
    await database.close()
  })
  return { database, wakes }
}
const write = (database: Database, ...topics: string[]) =>
  database.transaction(async (tx) => {
    await tx.query('select 1')
    for (const topic of topics) wakeReaders(tx, topic)
  })
const isOver = (waiting: Promise<void>): Promise<boolean> =>
  Promise.race([waiting.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))])
const hears = async (name: string): Promise<boolean> => {
  const database = openDatabase({ url, name: 'asking' })
  const rows = await database.query('select 1 from pg_stat_activity where application_name = $1 and query like $2', [
    `${name} wakes`,
    'listen%',
  ])
  await database.close()
  return rows.length > 0
}

describe('whoever follows what is kept in a database', () => {
  it('is woken by a commit of its own process, before it waits too', async () => {
    const { database, wakes } = open('one')
    const reader = wakes.reader('pot 1')
    const waiting = reader.wait(longMs)
    await write(database, 'pot 1')
    await waiting
    await write(database, 'pot 1')
    expect(await isOver(reader.wait(longMs))).toBe(true)
  })

  it('is woken by a commit of another process, and by nothing else', async () => {
    const [one, other] = [open('hearing'), open('writing')]
    const [followed, another] = [one.wakes.reader('pot 1'), one.wakes.reader('pot 2')]
    await expect.poll(() => hears('hearing')).toBe(true)
    // what was woken when the connection was made is over
    await Promise.all([followed.wait(50), another.wait(50)])
    const waiting = another.wait(longMs)
    await write(other.database, 'pot 1')
    await followed.wait(longMs)
    expect(await isOver(waiting)).toBe(false)
    another.wake()
  })

  it('is woken where more is written at once than one notification holds', async () => {
    const [one, other] = [open('hearing-many'), open('writing-many')]
    const reader = one.wakes.reader('pot 399')
    await expect.poll(() => hears('hearing-many')).toBe(true)
    await reader.wait(50)
    await write(other.database, ...Array.from({ length: 400 }, (_, at) => `pot ${at}, which has a rather long name`), 'pot 399')
    await reader.wait(longMs)
    const waiting = reader.wait(longMs)
    expect(await isOver(waiting)).toBe(false)
    reader.wake()
  })

  it('is woken once the connection is back that was lost', async () => {
    const { database, wakes } = open('losing')
    const reader = wakes.reader('pot 1')
    await expect.poll(() => hears('losing')).toBe(true)
    await reader.wait(50)
    const [ended] = await database.query<{ ended: boolean }>(
      'select pg_terminate_backend(pid) as ended from pg_stat_activity where application_name = $1',
      ['losing wakes'],
    )
    await reader.wait(longMs)
    expect(ended).toEqual({ ended: true })
  })

  it('is not woken by what was rolled back', async () => {
    const { database, wakes } = open('rolling')
    const reader = wakes.reader('pot 1')
    await expect.poll(() => hears('rolling')).toBe(true)
    await reader.wait(50)
    const broken = database.transaction(async (tx) => {
      wakeReaders(tx, 'pot 1')
      await tx.query('select broken')
    })
    await expect(broken).rejects.toThrow('broken')
    const waiting = reader.wait(longMs)
    expect(await isOver(waiting)).toBe(false)
    reader.wake()
  })
})
