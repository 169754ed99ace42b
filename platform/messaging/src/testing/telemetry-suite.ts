import { createTelemetry, currentContext, newTrace, runInContext, type TraceContext } from '@observability/telemetry'
import { expectTrace, readMetric, recordSpans, type RecordedSpans } from '@observability/telemetry/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PermanentError } from '../errors.ts'
import { newId } from '../new-id.ts'
import { eventually, type BrokerUnderTest } from './broker-under-test.ts'
import { setStage, type Stage } from './stage.ts'

const minutes = 60_000

/** What is seen of every consumer, whatever the broker. */
export function describeTelemetry(start: () => Promise<BrokerUnderTest>): void {
  describe('seen by its telemetry', () => {
    let recorded: RecordedSpans
    beforeEach(() => {
      recorded = recordSpans()
    })
    afterEach(() => recorded.close())

    /** Does something in a span of another service, as whoever sends does. */
    async function sending<Result>(work: () => Promise<Result>): Promise<{ sent: TraceContext; result: Result }> {
      const span = createTelemetry('tower').tracing.start('publish', { kind: 'producer' })
      const result = await runInContext({ requestId: newId(), trace: span.trace, span }, work)
      span.end()
      return { sent: span.trace, result }
    }
    const processed = ({ subject }: Stage) => recorded.spans.filter(({ name }) => name === `process ${subject}`)

    it('a message is a child of what sent it and linked to it, and says where it lay', async () => {
      const stage = await setStage(start)
      const { subject, service, stream } = stage
      await stage.run({ handle: async () => ({ kind: 'done' }) })
      const { result } = await sending(() => stage.ring())
      await eventually(() => expect(processed(stage)).toHaveLength(1))
      expectTrace(recorded.spans)
        .hasNoOrphans()
        .is({
          name: 'publish',
          children: [
            {
              name: `process ${subject}`,
              service,
              kind: 'consumer',
              links: ['publish'],
              error: null,
              attributes: {
                'messaging.system': 'nats',
                'messaging.destination.name': subject,
                'messaging.destination.subscription.name': `${service}__listener`,
                'messaging.message.id': result.id,
                'messaging.nats.stream': stream.name,
                'messaging.nats.sequence': 1,
                'messaging.nats.delivery_count': 1,
                'message.outcome': 'done',
                'request.id': result.requestid,
              },
            },
          ],
        })
    })

    it('what a handler does, and the line of the log, are of the span', async () => {
      const stage = await setStage(start)
      const inside: unknown[] = []
      await stage.run({ handle: async () => (inside.push(currentContext()?.span?.trace), { kind: 'done' }) })
      await stage.ring()
      await eventually(() => expect(processed(stage)).toHaveLength(1))
      const { traceId, spanId } = processed(stage)[0] ?? {}
      expect(inside).toEqual([expect.objectContaining({ traceId, spanId })])
      expect(stage.lines).toContainEqual(
        expect.objectContaining({ trace_id: traceId, span_id: spanId, subject: stage.subject, outcome: 'done' }),
      )
    })

    it('every further delivery is a trace of its own, linked to what sent the message', async () => {
      const stage = await setStage(start)
      await stage.run({
        handle: async (_, { attempt }) => (attempt < 3 ? Promise.reject(new RangeError('not yet')) : { kind: 'done' }),
      })
      const { sent } = await sending(() => stage.ring())
      await eventually(() => expect(processed(stage)).toHaveLength(3))
      const [first, second, third] = processed(stage)
      expect(first).toMatchObject({ traceId: sent.traceId, parentSpanId: sent.spanId, error: 'RangeError' })
      for (const again of [second, third]) {
        expect(again).not.toHaveProperty('parentSpanId')
        expect(again?.traceId).not.toBe(sent.traceId)
        expect(again?.links).toEqual([{ traceId: sent.traceId, spanId: sent.spanId }])
      }
      expect(second?.traceId).not.toBe(third?.traceId)
      expect(processed(stage).map(({ attributes }) => attributes['message.outcome'])).toEqual(['again', 'again', 'done'])
      expect(stage.lines).toContainEqual(
        expect.objectContaining({ attempt: 2, trace_id: second?.traceId, linked_trace_id: sent.traceId, outcome: 'again' }),
      )
    })

    it('a message that waits its turn has not failed', async () => {
      const stage = await setStage(start)
      await stage.run({ handle: async (_, { attempt }) => (attempt < 2 ? { kind: 'wait', reason: 'not yet' } : { kind: 'done' }) })
      await stage.ring()
      await eventually(() => expect(processed(stage)).toHaveLength(2))
      expectTrace(processed(stage)).hasNoErrors()
      expect(processed(stage).map(({ attributes }) => attributes['message.outcome'])).toEqual(['again', 'done'])
    })

    it('a message older than five minutes is a trace of its own, a younger one is not', async () => {
      const stage = await setStage(start)
      await stage.run({ handle: async () => ({ kind: 'done' }) })
      const aged = (ageMs: number) => sending(() => stage.ring('bell-1', { time: new Date(Date.now() - ageMs).toISOString() }))
      const { sent: young } = await aged(4 * minutes)
      await eventually(() => expect(processed(stage)).toHaveLength(1))
      const { sent: old } = await aged(6 * minutes)
      await eventually(() => expect(processed(stage)).toHaveLength(2))
      expect(processed(stage)[0]).toMatchObject({ traceId: young.traceId, parentSpanId: young.spanId })
      expect(processed(stage)[1]?.traceId).not.toBe(old.traceId)
      expect(processed(stage)[1]).toMatchObject({ links: [{ traceId: old.traceId, spanId: old.spanId }] })
      expect(processed(stage)[1]?.attributes['message.age']).toBeGreaterThanOrEqual(360)
    })

    it('a dead letter that is retried is a trace of its own, named as the message was', async () => {
      const stage = await setStage(start)
      let isMended = false
      await stage.run({ handle: async () => (isMended ? { kind: 'done' } : Promise.reject(new PermanentError('broken'))) })
      const { sent } = await sending(() => stage.ring())
      await eventually(async () => expect(await stage.letters()).toHaveLength(1))
      isMended = true
      const [letter] = await stage.letters()
      expect(letter?.traceparent).toContain(sent.traceId)
      const opened = await stage.broker.deadLetters()
      await opened.retry(letter?.id ?? '')
      await opened.close()
      await eventually(() => expect(processed(stage)).toHaveLength(2))
      const [failed, retried] = processed(stage)
      expect(failed).toMatchObject({ traceId: sent.traceId, error: 'PermanentError', attributes: { 'message.outcome': 'dead' } })
      expect(retried?.traceId).not.toBe(sent.traceId)
      expect(retried).toMatchObject({
        links: [{ traceId: sent.traceId, spanId: sent.spanId }],
        attributes: { 'message.replayed': true, 'messaging.destination.template': stage.subject, 'messaging.nats.delivery_count': 1 },
      })
    })

    it('goes by the trace the message was sent on with, and where that cannot be read, by the one it was written in', async () => {
      const stage = await setStage(start)
      await stage.run({ handle: async () => ({ kind: 'done' }) })
      const [written, sent] = [newTrace(), newTrace()]
      const envelope = await runInContext({ requestId: 'request-1', trace: written }, () => stage.ring())
      const headers = { traceparent: `00-${sent.traceId}-${sent.spanId}-01` }
      const again = { subject: stage.subject, payload: JSON.stringify(envelope) }
      await stage.bus.publish({ ...again, transportId: newId(), headers })
      await stage.bus.publish({ ...again, transportId: newId(), headers: { traceparent: 'nothing of the kind' } })
      await eventually(() => expect(processed(stage)).toHaveLength(3))
      expect(processed(stage).map(({ traceId }) => traceId)).toEqual([written.traceId, sent.traceId, written.traceId])
    })

    it('a delivery is measured: how long, how often again, and what was given up for what', async () => {
      const stage = await setStage(start)
      const { subject, service, telemetry, bus } = stage
      const ends: Record<string, (attempt: number) => Promise<{ kind: 'done' } | { kind: 'wait'; reason: string }>> = {
        good: async () => ({ kind: 'done' }),
        hopeless: () => Promise.reject(new PermanentError('no')),
        broken: () => Promise.reject(new Error('no')),
        waiting: async () => ({ kind: 'wait', reason: 'no' }),
        second: async (attempt) => (attempt === 1 ? Promise.reject(new Error('not yet')) : { kind: 'done' }),
      }
      const endOf = ({ subject: bell }: { subject: string }) => ends[bell] ?? (() => Promise.reject(new Error('an odd bell')))
      await stage.run({ maxAttempts: 2, handle: (envelope, { attempt }) => endOf(envelope)(attempt) })
      for (const bell of Object.keys(ends)) await stage.ring(bell)
      await bus.publish({ transportId: newId(), subject, headers: {}, payload: 'no JSON' })
      await eventually(() => expect(recorded.spans).toHaveLength(9))
      const consumer = `${service}__listener`
      const seen = (name: string, labels: Record<string, string> = {}) => readMetric(telemetry, name, { service, consumer, ...labels })
      const processedAs = (outcome: string) =>
        seen('messaging_process_duration_seconds_count', { messaging_destination_name: subject, outcome })
      expect(await Promise.all(['done', 'again', 'dead'].map(processedAs))).toEqual([2, 3, 4])
      expect(await seen('messaging_redeliveries_total')).toBe(3)
      const causes = ['permanent', 'unexpected', 'held', 'invalid', 'attempts_exhausted']
      const given = (error_class: string) => seen('dead_letters_total', { error_class })
      expect(await Promise.all(causes.map(given))).toEqual([1, 1, 1, 1, 0])
    })
  })
}
