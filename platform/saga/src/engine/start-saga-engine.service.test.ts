import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Answer } from '@ashlar/contract'
import { PermanentError, readEnvelope, replyEnvelope, SignatureRefusedError } from '@ashlar/messaging'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listSagas } from '../operator/list-sagas.ts'
import { resumeSaga } from '../operator/resume-saga.ts'
import { showSaga } from '../operator/show-saga.ts'
import { SagaVersionUnknownError } from '../saga-errors.ts'
import { checkoutOf } from '../testing/checkout-cases.ts'
import { done, refusal, SagaGround, tellsTable, until } from '../testing/saga-ground.ts'

let ground: SagaGround
beforeAll(async () => {
  ground = await SagaGround.make('saga_engine')
})
afterAll(() => ground[Symbol.asyncDispose]())

const typesOf = async (id: string) => (await ground.commands(id)).map((command) => command.stepkey?.split('/').slice(1).join('/'))

describe('replies', () => {
  it('carry a saga to its end, where the service is told and the event leaves in one transaction', async () => {
    await using engine = ground.engine()
    const id = await ground.starts('good')
    for (let step = 0; step < 4; step += 1) await ground.answers(engine, id, done)
    expect(await typesOf(id)).toEqual(['reserve-stock/do/1', 'charge/do/1', 'ship/do/1', 'commit-stock/do/1'])
    expect(await ground.ended()).toContainEqual({ order_id: 'good', how: 'completed', reason: null })
    const events = await ground.database.query<{ payload: string }>(
      `select payload from platform.outbox where subject = 'orders.order-ended.v1' and ordering_key = '/orders/orderId/good'`,
    )
    expect(events.map((row) => readEnvelope(row.payload).data)).toEqual([{ orderId: 'good', how: 'completed' }])
    const [saga] = await ground.database.query(
      'select state, next_wake_at, ended_at is not null as ended from platform.saga where id = $1',
      [id],
    )
    expect(saga).toEqual({ state: { orderId: 'good', receipts: ['r', 'r', 'r'] }, next_wake_at: null, ended: true })
  })

  it('arriving ten times at once, some as copies and some under ids of their own, move it once', async () => {
    await using engine = ground.engine()
    const id = await ground.starts('crowd')
    const reply = await ground.answers(engine, await ground.starts('other'), done)
    const copies = Array.from({ length: 10 }, (_, at) => ({
      ...reply,
      id: `copy-${at % 5}`,
      subject: id,
      stepkey: `${id}/reserve-stock/do/1`,
    }))
    await Promise.all(copies.map((copy) => ground.delivers(engine, copy)))
    expect(await typesOf(id)).toEqual(['reserve-stock/do/1', 'charge/do/1'])
    const log = await ground.database.query('select seq, kind from platform.saga_log where saga_id = $1 order by seq', [id])
    expect(log).toEqual(['started', 'sent', 'done', 'sent', 'late', 'late', 'late', 'late'].map((kind, at) => ({ seq: at + 1, kind })))
  })

  it('change nothing when the ending throws, and are applied when they come again', async () => {
    let isBroken = true
    const told = {
      ended: (...ending: Parameters<typeof tellsTable.ended>) =>
        isBroken ? Promise.reject(new Error('disk full')) : tellsTable.ended(...ending),
    }
    await using engine = ground.engine({ told })
    const id = await ground.starts('torn')
    await expect(ground.answers(engine, id, refusal('out_of_stock'))).rejects.toThrow('disk full')
    expect(await ground.standing(id)).toBe('running do 0 attempt 1')
    isBroken = false
    await ground.answers(engine, id, refusal('out_of_stock'))
    expect(await ground.ended()).toContainEqual({ order_id: 'torn', how: 'compensated', reason: 'out_of_stock' })
  })

  it('signed by another service than keeps the step are set aside, and the true one is applied although it has the same id', async () => {
    await using engine = ground.engine()
    const id = await ground.starts('stolen-key')
    const [command] = await ground.commands(id)
    if (command === undefined) throw new Error('nothing was sent')
    const reply = replyEnvelope({ service: 'orders', command, answer: done })
    await expect(ground.delivers(engine, reply, 'payments')).rejects.toThrow(SignatureRefusedError)
    expect(await ground.standing(id)).toBe('running do 0 attempt 1')
    await ground.delivers(engine, reply)
    expect(await ground.standing(id)).toBe('running do 1 attempt 1')
  })

  it('that promise nothing of the contract, or belong to no saga, are set aside', async () => {
    await using engine = ground.engine()
    const id = await ground.starts('odd')
    await expect(ground.answers(engine, id, refusal('moon_phase'))).rejects.toThrow(PermanentError)
    await expect(ground.answers(engine, id, Answer.ok({ receipt: 7 }))).rejects.toThrow(/is not what orders.v1\/reserve promises/)
    const [command] = await ground.commands(id)
    if (command === undefined) throw new Error('nothing was sent')
    const stray = { ...command, subject: '01935b00-0000-7000-8000-000000000000' }
    await expect(ground.delivers(engine, { ...stray, id: 'stray-1' })).rejects.toThrow(/a saga that orders does not have/)
    await expect(ground.delivers(engine, { ...stray, id: 'stray-2', subject: 'x' })).rejects.toThrow(/names no saga/)
    const other = await ground.starts('odd too')
    await expect(ground.delivers(engine, { ...command, id: 'stray-3', subject: other })).rejects.toThrow(/answers no step of its saga/)
    expect(await ground.standing(id)).toBe('running do 0 attempt 1')
  })
})

describe('timers', () => {
  it('of two engines take each saga once', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, (_, at) => ground.starts(`raced-${at}`)))
    await using one = ground.engine()
    await using other = ground.engine()
    await Promise.all([one.started, other.started])
    await ground.database.query('update platform.saga set next_wake_at = now() where id = any($1::uuid[])', [ids])
    const count = (kind: string) =>
      ground.database.query<{ count: number }>(
        'select count(*)::integer as count from platform.saga_log where kind = $2 and saga_id = any($1::uuid[])',
        [ids, kind],
      )
    await until(
      () => count('unanswered'),
      ([row]) => row?.count === 40,
    )
    expect(await count('sent')).toEqual([{ count: 80 }])
    expect(new Set(await Promise.all(ids.map((id) => ground.standing(id))))).toEqual(new Set(['running do 0 attempt 2']))
    expect(await typesOf(ids[0] ?? '')).toEqual(['reserve-stock/do/1', 'reserve-stock/do/1'])
  })

  it('go by the database clock: nothing is sent again before its time', async () => {
    const quick = checkoutOf({ version: 7, timeoutMs: 60 })
    await using engine = ground.engine({ definitions: [checkoutOf({ timeoutMs: 600_000 }), quick] })
    await engine.started
    const id = await ground.starts('quick', quick)
    await until(
      () => ground.standing(id),
      (standing) => standing.startsWith('compensating'),
    )
    const [row] = await ground.database.query<{ gap: number }>(
      `select min(gap)::float8 as gap from (select extract(epoch from at - lag(at) over (order by seq)) * 1000 as gap from platform.saga_log
       where saga_id = $1 and kind in ('sent', 'unanswered')) gaps where gap > 10`,
      [id],
    )
    expect(row?.gap).toBeGreaterThanOrEqual(59)
    await ground.answers(engine, id, done)
    expect(await ground.ended()).toContainEqual({ order_id: 'quick', how: 'compensated', reason: 'no_answer' })
  })

  it('put a saga off that cannot go on, and stop it for attention after eight failures', async () => {
    const id = await ground.starts('broken')
    // a state that an older, wrong version of the code has written: the command made from it is not valid
    await ground.database.query(`update platform.saga set state = '{"orderId": 5}', next_wake_at = now() where id = $1`, [id])
    const told = { ended: async () => {} }
    await using engine = ground.engine({ told })
    await engine.started
    const line = async () => (await listSagas(ground.database)).find((saga) => saga.id === id)
    await until(line, (saga) => saga?.failures === 1)
    expect(await line()).toMatchObject({ status: 'running', lastError: 'RequestRefusedError' })
    await ground.database.query('update platform.saga set failures = 8, next_wake_at = now() where id = $1', [id])
    await until(line, (saga) => saga?.status === 'needs_attention')
    expect((await line())?.reason).toBe('its next step could not be made in 8 attempts')
  })
})

it('goes on in a new engine after kill -9 in the middle of a transition, as if it had not begun', async () => {
  const id = await ground.starts('killed')
  await using engine = ground.engine()
  for (let step = 0; step < 3; step += 1) await ground.answers(engine, id, done)
  await ground.timePasses(id)
  await until(
    () => ground.standing(id),
    (standing) => standing === 'running do 3 attempt 2',
  )
  await engine.close()
  await ground.database.query('delete from ended')
  // its last attempt is over: the next transition runs the ending `stuck`, in which the doomed process stops and is killed
  await ground.timePasses(id)

  const script = fileURLToPath(new URL('../testing/doomed-engine.ts', import.meta.url))
  const doomed = spawn(process.execPath, [script], {
    env: { ...process.env, DOOMED_DATABASE_URL: ground.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(doomed.stdout, 'data')) as [Buffer]
  expect(said.toString()).toBe('in the middle\n')
  doomed.kill('SIGKILL')
  await once(doomed, 'exit')
  expect(await ground.ended()).toEqual([])

  await using successor = ground.engine()
  await until(
    () => ground.standing(id),
    (standing) => standing.startsWith('needs_attention'),
  )
  expect(await ground.ended()).toEqual([{ order_id: 'killed', how: 'stuck', reason: 'commit stock was not answered after 2 attempts' }])
  await resumeSaga(ground.database, id, { by: 'ada' })
  await until(
    () => ground.standing(id),
    (standing) => standing === 'running do 3 attempt 3',
  )
  await ground.answers(successor, id, done)
  expect(await ground.standing(id)).toMatch(/^completed/)
})

describe('an operator', () => {
  it('finds what is stuck, resumes it with a note, and a refused step is judged anew', async () => {
    await using engine = ground.engine()
    const id = await ground.starts('stuck-order')
    for (let step = 0; step < 3; step += 1) await ground.answers(engine, id, done)
    await ground.answers(engine, id, refusal('stock_gone'))

    const stuck = (await listSagas(ground.database, { status: 'needs_attention' })).find((saga) => saga.id === id)
    expect(stuck).toMatchObject({
      key: 'stuck-order',
      step: 'commit stock',
      direction: 'do',
      reason: 'commit stock was refused: stock_gone',
    })
    expect((await showSaga(ground.database, 'stuck-order'))?.steps.at(-1)).toMatchObject({ status: 'stuck', code: 'stock_gone' })
    expect(await showSaga(ground.database, id.slice(0, 30))).toMatchObject({ id })

    expect(await resumeSaga(ground.database, id, { by: 'ada', note: 'stock was counted again' })).toEqual({ outcome: 'resuming', id })
    await until(
      () => typesOf(id),
      (keys) => keys.at(-1) === 'commit-stock/do/2',
    )
    await ground.answers(engine, id, done)
    expect((await showSaga(ground.database, id))?.steps.at(-1)).toMatchObject({ status: 'done', attempts: 2 })
    expect(await resumeSaga(ground.database, id, { by: 'ada' })).toEqual({ outcome: 'not_stuck', id })
    expect(await resumeSaga(ground.database, 'ffffffff', { by: 'ada' })).toEqual({ outcome: 'not_found' })
    const [asked] = await ground.database.query(`select reason from platform.saga_log where saga_id = $1 and kind = 'resume_requested'`, [
      id,
    ])
    expect(asked).toEqual({ reason: 'ada: stock was counted again' })
  })

  it('is told when a short id stands for several sagas', async () => {
    await ground.starts('twin-1')
    await ground.starts('twin-2')
    await expect(showSaga(ground.database, 'twin-')).rejects.toThrow(/twin- stands for more than one saga: /)
  })
})

describe('definitions', () => {
  it('are asked for at the start: sagas of a version that is not here are named, and no timer runs', async () => {
    await using own = await SagaGround.make('saga_versions')
    const id = await own.starts('old')
    await using engine = own.engine({ definitions: [checkoutOf({ version: 2 })] })
    await expect(engine.started).rejects.toThrow(SagaVersionUnknownError)
    await expect(engine.started).rejects.toThrow(`1 of checkout v1 (${id}): serve the definition of version 1 until these have ended`)
    expect(await engine.health()).toMatchObject({ healthy: false })
    await own.timePasses()
    await expect(own.answers(engine, id, done)).rejects.toThrow(SagaVersionUnknownError)

    await using both = own.engine({ definitions: [checkoutOf({ version: 2 }), checkoutOf({ timeoutMs: 600_000 })] })
    await both.started
    await until(
      () => own.standing(id),
      (standing) => standing === 'running do 0 attempt 2',
    )
    expect(await both.health()).toMatchObject({ healthy: true })
  })

  it('changed under a living saga without a new version are noticed', async () => {
    await using own = await SagaGround.make('saga_shapes')
    await own.starts('old')
    const [first, ...rest] = checkoutOf().steps
    const changed = { ...checkoutOf(), steps: first === undefined ? [] : [{ ...first, name: 'renamed' }, ...rest] }
    await using engine = own.engine({ definitions: [changed] })
    await expect(engine.started).rejects.toThrow(/its steps were changed; give the changed definition version 2/)
  })

  it('twice under one version, or announcing for another service, are refused', () => {
    expect(() => ground.engine({ definitions: [checkoutOf(), checkoutOf()] })).toThrow(/version 1 is defined twice/)
    expect(() => ground.engine({ service: 'payments' })).toThrow(/emits orders.order-ended.v1: payments announces only its own facts/)
  })
})
