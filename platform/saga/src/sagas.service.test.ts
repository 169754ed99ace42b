import { afterAll, beforeAll, expect, it } from 'vitest'
import { formatTraceparent, newTrace, runInContext } from '@observability/telemetry'
import { SagaExistsError } from './saga-errors.ts'
import { checkoutOf } from './testing/checkout-cases.ts'
import { done, refusal, SagaGround } from './testing/saga-ground.ts'

const checkout = checkoutOf({ timeoutMs: 600_000 })
let ground: SagaGround
beforeAll(async () => {
  ground = await SagaGround.make('sagas')
  await ground.database.query('create table orders (id text primary key)')
})
afterAll(() => ground[Symbol.asyncDispose]())

function place(orderId: string, fault?: Error): Promise<string> {
  return ground.database.transaction(async (tx) => {
    await tx.query('insert into orders (id) values ($1)', [orderId])
    const id = await ground.sagas.start(checkout, { orderId, receipts: [] }, { tx })
    if (fault !== undefined) throw fault
    return id
  })
}

it('starts with the order, or not at all', async () => {
  await expect(place('torn', new Error('the till is on fire'))).rejects.toThrow('the till is on fire')
  const id = await place('whole')
  expect(await ground.database.query('select id from orders')).toEqual([{ id: 'whole' }])
  expect(await ground.database.query('select id, key from platform.saga')).toEqual([{ id, key: 'whole' }])
  expect(await ground.database.query('select distinct ordering_key from platform.outbox')).toEqual([{ ordering_key: `command/${id}` }])
})

it('sends a signed command about the saga, under its step key, to be answered to the service', async () => {
  const trace = newTrace()
  const id = await runInContext({ requestId: 'request-1', trace }, () => place('signed'))
  const [command] = await ground.commands(id)
  expect(command).toMatchObject({
    type: 'orders.reserve.command.v1',
    subject: id,
    stepkey: `${id}/reserve-stock/do/1`,
    replyto: 'replies.orders',
    data: { orderId: 'signed' },
    requestid: 'request-1',
    traceparent: formatTraceparent(trace),
  })
  expect(command?.principal).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
})

it('refuses a second saga for the same order', async () => {
  const start = () => ground.starts('once')
  await start()
  await expect(start()).rejects.toThrow(SagaExistsError)
  await expect(ground.database.transaction((tx) => ground.sagas.start(checkout, {} as never, { tx }))).rejects.toThrow(
    /the state given to saga checkout is not valid: orderId/,
  )
})

it('tells the history of every step, with attempts, refusal and trace', async () => {
  await using engine = ground.engine()
  const trace = newTrace()
  const id = await runInContext({ requestId: 'request-2', trace }, () => ground.starts('told'))
  await ground.answers(engine, id, done)
  await ground.answers(engine, id, refusal('card_declined'))
  await ground.answers(engine, id, done)

  const history = await ground.sagas.history(checkout, 'told', { tx: ground.database })
  expect(history).toMatchObject({
    id,
    key: 'told',
    status: 'compensated',
    reason: 'card',
    steps: [
      { step: 'reserve stock', direction: 'do', status: 'done', attempts: 1, traceId: trace.traceId },
      { step: 'charge', direction: 'do', status: 'refused', attempts: 1, code: 'card_declined', detail: { why: 'so' } },
      { step: 'reserve stock', direction: 'undo', status: 'done', attempts: 1 },
    ],
  })
  expect(history?.steps).toHaveLength(3)
  expect(Date.parse(history?.endedAt ?? '') - Date.parse(history?.startedAt ?? '')).toBe(history?.durationMs)
  expect(await ground.sagas.history(checkout, 'nobody', { tx: ground.database })).toBeUndefined()
})

it('aborts until the pivot is sent, and says what came of it', async () => {
  await using engine = ground.engine()
  const abort = (key: string) => ground.database.transaction((tx) => ground.sagas.abort(checkout, key, { tx, reason: 'changed_mind' }))
  const early = await ground.starts('early')
  expect(await abort('early')).toBe('aborting')
  expect(await abort('early')).toBe('aborting')
  await ground.answers(engine, early, done)
  await ground.answers(engine, early, done)
  expect(await abort('early')).toBe('ended')
  expect(await ground.ended()).toContainEqual({ order_id: 'early', how: 'compensated', reason: 'changed_mind' })

  const tooLate = await ground.starts('too-late')
  await ground.answers(engine, tooLate, done)
  await ground.answers(engine, tooLate, done)
  expect(await abort('too-late')).toBe('too_late')
  expect(await abort('nobody')).toBe('not_found')
})
