import { createTelemetry, parseTraceparent, type Telemetry, type TraceContext } from '@observability/telemetry'
import { expectTrace, readMetric, recordSpans, type RecordedSpans } from '@observability/telemetry/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { showSaga } from '../operator/show-saga.ts'
import { done, inSpanOf, refusal, SagaGround, until } from '../testing/saga-ground.ts'
import type { SagaEngine } from './start-saga-engine.ts'

describe('a saga that is traced', () => {
  let ground: SagaGround
  let recorded: RecordedSpans
  let telemetry: Telemetry
  let engine: SagaEngine
  let id: string
  let started: TraceContext
  beforeAll(async () => {
    ground = await SagaGround.make('traced_sagas')
  })
  afterAll(() => ground[Symbol.asyncDispose]())
  beforeEach(async () => {
    await ground.database.query('truncate platform.saga, platform.saga_log')
    recorded = recordSpans()
    telemetry = createTelemetry('orders')
    engine = ground.engine({ telemetry })
    await engine.started
    started = await inSpanOf('place order', async () => {
      id = await ground.starts(crypto.randomUUID())
    })
  })
  afterEach(async () => {
    recorded.close()
    await engine.close()
  })

  /** Answers come as they do: each in a trace that the saga does not know, as a delivery that comes again has. */
  const answered = (answer = done) => inSpanOf('process replies.orders', () => ground.answers(engine, id, answer))
  const steps = () => recorded.spans.filter(({ name }) => name.startsWith('checkout/'))
  const read = (name: string, labels?: Record<string, string>) => readMetric(telemetry, name, labels)

  it('has a span for each step beside the others, from when it was sent, whatever trace its answer came in', async () => {
    for (let step = 0; step < 4; step += 1) {
      await ground.database.query(`update platform.saga_log set at = at - interval '10 seconds' where saga_id = $1 and kind = 'sent'`, [id])
      await answered()
    }
    expectTrace(recorded.trace(started.traceId)).is({
      name: 'place order',
      children: [
        {
          name: 'transaction',
          attributes: { 'saga.name': 'checkout', 'saga.id': id },
          children: ['reserve stock', 'charge', 'ship', 'commit stock'].map((step, at) => ({
            name: `checkout/${step}`,
            service: 'orders',
            kind: 'internal' as const,
            error: null,
            attributes: {
              'saga.name': 'checkout',
              'saga.id': id,
              'saga.step': step,
              'saga.direction': 'do',
              'saga.outcome': 'done',
              'saga.attempt': 1,
              'saga.status': at === 3 ? 'completed' : 'running',
            },
          })),
        },
      ],
    })
    expect(steps().map(({ durationMs }) => Math.floor(durationMs / 10_000))).toEqual([1, 1, 1, 1])
    for (const { links } of steps()) {
      expect(links.map(({ spanId }) => recorded.spans.find((span) => span.spanId === spanId)?.name)).toEqual(['transaction'])
      expect(links[0]?.traceId).not.toBe(started.traceId)
    }
  })

  it('shows what was refused and what was taken back', async () => {
    await answered()
    await answered(refusal('card_declined'))
    await answered()
    expectTrace(steps()).isOf('orders')
    expect(steps().map(({ name, error, attributes }) => [name, error, attributes['saga.outcome'], attributes['saga.status']])).toEqual([
      ['checkout/reserve stock', undefined, 'done', 'running'],
      ['checkout/charge', 'card_declined', 'refused', 'compensating'],
      ['checkout/reserve stock undo', undefined, 'done', 'compensated'],
    ])
    expect(new Set(steps().map(({ traceId }) => traceId))).toEqual(new Set([started.traceId]))
  })

  it('sends every command and announces its end in its own trace, where its history points too', async () => {
    for (let step = 0; step < 4; step += 1) await answered()
    const rows = await ground.database.query<{ subject: string; headers: { traceparent: string }; payload: string }>(
      `select subject, headers, payload from platform.outbox where headers->>'traceparent' like $1 order by id`,
      [`%${started.traceId}%`],
    )
    const subjects = ['reserve', 'charge', 'ship', 'commit'].map((deed) => `orders.${deed}.command.v1`)
    expect(rows.map(({ subject }) => subject)).toEqual([...subjects, 'orders.order-ended.v1'])
    const [transaction] = recorded.trace(started.traceId).filter(({ name }) => name === 'transaction')
    for (const { headers } of rows) expect(parseTraceparent(headers.traceparent)?.spanId).toBe(transaction?.spanId)
    expect((await showSaga(ground.database, id))?.steps.map(({ traceId }) => traceId)).toEqual(Array(4).fill(started.traceId))
  })

  it('goes on in its trace when a timer carries it on; a step that is asked again is one span', async () => {
    await ground.timePasses(id)
    await until(
      () => ground.standing(id),
      (standing) => standing === 'running do 0 attempt 2',
    )
    await until(
      () => recorded.trace(started.traceId).filter(({ name }) => name === 'checkout timer'),
      (timers) => timers.length === 1,
    )
    await ground.database.query(`update platform.saga_log set at = at - interval '10 seconds' where saga_id = $1 and attempt = 1`, [id])
    await answered()
    expect(Math.floor((steps()[0]?.durationMs ?? 0) / 10_000)).toBe(1)
    expectTrace(recorded.trace(started.traceId))
      .hasNoOrphans()
      .hasNoErrors()
      .is({
        name: 'place order',
        children: [
          {
            name: 'transaction',
            children: [
              { name: 'checkout timer', kind: 'internal', attributes: { 'saga.id': id, 'saga.step': 'reserve stock', 'saga.attempt': 1 } },
              { name: 'checkout/reserve stock', attributes: { 'saga.attempt': 2, 'saga.outcome': 'done' } },
            ],
          },
        ],
      })
    expect((await ground.commands(id)).map(({ traceparent }) => parseTraceparent(traceparent)?.traceId)).toEqual(
      Array(3).fill(started.traceId),
    )
  })

  it('says that nobody answered, when it turns round for that', async () => {
    for (const standing of ['running do 0 attempt 2', 'compensating undo 0 attempt 1']) {
      await ground.timePasses(id)
      await until(
        () => ground.standing(id),
        (now) => now === standing,
      )
    }
    await until(steps, (seen) => seen.length === 1)
    expectTrace(recorded.spans).contains({
      name: 'checkout/reserve stock',
      error: 'no_answer',
      links: ['checkout timer'],
      attributes: { 'saga.attempt': 2, 'saga.outcome': 'unanswered', 'saga.status': 'compensating' },
    })
  })

  it('tells nothing of a transition that was rolled back', async () => {
    const torn = ground.database.transaction(async (tx) => {
      const [command] = await ground.commands(id)
      if (command === undefined) throw new Error('nothing was sent')
      await engine.applyReply(tx, { envelope: { ...command, data: { ok: true, value: { receipt: 'r' } } }, signer: 'orders' })
      throw new Error('torn')
    })
    await expect(torn).rejects.toThrow('torn')
    expect(steps()).toEqual([])
    expect(await read('saga_step_duration_seconds_count')).toBeUndefined()
  })

  it('is measured: steps by how they ended, sagas by where they stand, the oldest by its age', async () => {
    await ground.database.query(`update platform.saga set started_at = started_at - interval '1 hour' where id = $1`, [id])
    expect(await read('saga_instances', { saga: 'checkout', status: 'running' })).toBe(1)
    expect(Math.floor(((await read('saga_oldest_running_age_seconds', { saga: 'checkout' })) ?? 0) / 100)).toBe(36)
    await answered()
    await answered(refusal('card_declined'))
    const standing = () => Promise.all(['running', 'compensating', 'needs_attention'].map((status) => read('saga_instances', { status })))
    expect(await standing()).toEqual([0, 1, 0])
    await answered(refusal('not_releasable'))
    expect(await standing()).toEqual([0, 0, 1])
    const counted = (step: string, outcome: string) => read('saga_step_duration_seconds_count', { saga: 'checkout', step, outcome })
    expect(await counted('reserve stock', 'done')).toBe(1)
    expect(await counted('charge', 'refused')).toBe(1)
    expect(await counted('reserve stock undo', 'refused')).toBe(1)
    const ended = (outcome: string) => read('saga_ended_total', { saga: 'checkout', outcome })
    expect([await ended('needs_attention'), await ended('compensated')]).toEqual([1, undefined])
    await answered()
    expect([await ended('needs_attention'), await ended('compensated')]).toEqual([1, 1])
    expect(await standing()).toEqual([0, 0, 0])
    expect(await read('saga_oldest_running_age_seconds')).toBe(0)
  })
})
