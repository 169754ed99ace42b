import { createTelemetry } from '@observability/telemetry'
import { expectTrace, readMetric, recordSpans, type RecordedSpans } from '@observability/telemetry/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSpanOf } from '../testing/in-span-of.ts'
import { testGround, until } from '../testing/test-ground.ts'
import { openDatabase } from './open-database.ts'

describe('a transaction of a traced call', () => {
  let ground: Awaited<ReturnType<typeof testGround>>
  let recorded: RecordedSpans
  beforeAll(async () => {
    ground = await testGround('traced')
    await ground.database.query('create table accounts (name text primary key, secret text)')
  })
  afterAll(() => ground[Symbol.asyncDispose]())
  beforeEach(() => {
    recorded = recordSpans()
  })
  afterEach(() => recorded.close())

  it('is a span of the call, that says which database and how many statements, and nothing of what they held', async () => {
    const deed = () =>
      ground.database.transaction(async (tx) => {
        await tx.query('insert into accounts values ($1, $2)', ['turing', 'enigma'])
        await tx.query("update accounts set secret = 'enigma too' where name = $1", ['turing'])
      })
    await inSpanOf('bank', 'deed', deed)
    const namespace = new URL(ground.url).pathname.slice(1)
    const attributes = { 'db.system.name': 'postgresql', 'db.namespace': namespace, 'db.query.count': 2 }
    expectTrace(recorded.spans).is({
      name: 'deed',
      children: [{ name: 'transaction', kind: 'client', service: 'bank', error: null, attributes }],
    })
    expect(JSON.stringify(recorded.spans)).not.toMatch(/enigma|turing/)
  })

  it('that PostgreSQL refuses fails by the code of the refusal', async () => {
    const twice = () =>
      ground.database.transaction(async (tx) => {
        await tx.query('insert into accounts values ($1), ($1)', ['twin'])
      })
    const attempt = inSpanOf('bank', 'deed', twice)
    await expect(attempt).rejects.toThrow('duplicate key')
    expectTrace(recorded.spans).contains({ name: 'transaction', error: '23505', attributes: { 'db.query.count': 1 } })
    expect(JSON.stringify(recorded.spans)).not.toContain('twin')
  })

  it('that was in another one’s way and ran again is two spans, the first of which failed', async () => {
    let runs = 0
    const conflicting = () =>
      ground.database.transaction(async (tx) => {
        runs += 1
        if (runs === 1) await tx.query("do $$ begin raise exception using errcode = '40001'; end $$")
      })
    await inSpanOf('bank', 'deed', conflicting)
    expectTrace(recorded.spans).is({
      name: 'deed',
      children: [
        { name: 'transaction', error: '40001' },
        { name: 'transaction', error: null },
      ],
    })
  })

  it('is no span where nobody traces', async () => {
    await ground.database.transaction((tx) => tx.query('select 1'))
    expect(recorded.spans).toEqual([])
    expect(recorded.open).toEqual([])
  })
})

it('tells how many connections of the pool are idle and used, and how many wait for one, until it is closed', async () => {
  await using ground = await testGround('pool')
  const telemetry = createTelemetry('bank')
  const database = openDatabase({ url: ground.url, name: 'bank', poolSize: 2, telemetry })
  const { promise: finish, resolve } = Promise.withResolvers<void>()
  const holding = [1, 2, 3].map(() =>
    database.transaction(async (tx) => {
      await tx.query('select 1')
      await finish
    }),
  )
  const counts = async () => [
    await readMetric(telemetry, 'db_client_connection_count', { state: 'used' }),
    await readMetric(telemetry, 'db_client_connection_count', { state: 'idle' }),
    await readMetric(telemetry, 'db_client_connection_pending_requests'),
  ]
  await until(counts, ([used, , waiting]) => used === 2 && waiting === 1)
  resolve()
  await Promise.all(holding)
  expect(await counts()).toEqual([0, 2, 0])
  await database.close()
  expect(await counts()).toEqual([undefined, undefined, undefined])
})
