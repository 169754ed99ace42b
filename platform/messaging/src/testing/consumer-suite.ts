import { currentContext, newTrace, runInContext, type CallContext } from '@observability/telemetry'
import { describe, expect, it } from 'vitest'
import type { Bus } from '../bus.ts'
import { PermanentError } from '../errors.ts'
import { newId } from '../new-id.ts'
import { eventually, type BrokerUnderTest } from './broker-under-test.ts'
import { describeDeadLetters } from './dead-letter-suite.ts'
import { describeTelemetry } from './telemetry-suite.ts'
import { setStage } from './stage.ts'

/** What every consumer promises, whatever the broker. */
export function describeConsumers(start: () => Promise<BrokerUnderTest>): void {
  it('handles a message in the context it was sent in', async () => {
    const { run, ring, lines } = await setStage(start)
    const seen: (CallContext | undefined)[] = []
    await run({ handle: async () => (seen.push(currentContext()), { kind: 'done' }) })
    const trace = newTrace()
    const envelope = await runInContext({ requestId: 'request-7', trace, deadlineAt: performance.now() + 50 }, () => ring())
    await eventually(() => expect(seen).toHaveLength(1))
    expect(seen[0]).toMatchObject({ requestId: 'request-7', trace: { traceId: trace.traceId } })
    expect(seen[0]?.trace.spanId).not.toBe(trace.spanId)
    expect(seen[0]).not.toHaveProperty('deadlineAt')
    await eventually(() => expect(lines.filter((line) => line['msg'] === 'message handled')).toHaveLength(1))
    expect(lines).toContainEqual(
      expect.objectContaining({ outcome: 'done', message_id: envelope.id, attempt: 1, request_id: 'request-7', trace_id: trace.traceId }),
    )
  })

  it('hands over the envelope as it was written', async () => {
    const { run, ring, stream } = await setStage(start)
    const seen: unknown[] = []
    await run({ handle: async (envelope, delivery) => (seen.push(envelope, delivery.stream), { kind: 'done' }) })
    const envelope = await ring()
    await eventually(() => expect(seen).toEqual([envelope, stream.name]))
  })

  describe('a handler that fails', () => {
    it('is tried again until it succeeds', async () => {
      const { run, ring, letters } = await setStage(start)
      const attempts: number[] = []
      await run({
        handle: async (_, { attempt }) => {
          attempts.push(attempt)
          if (attempt < 3) throw new Error('not yet')
          return { kind: 'done' }
        },
      })
      await ring()
      await eventually(() => expect(attempts).toEqual([1, 2, 3]))
      expect(await letters()).toEqual([])
    })

    it('ends after its last attempt as a dead letter that says why and whence', async () => {
      const { run, ring, letters, service, stream, subject, lines } = await setStage(start)
      let runs = 0
      await run({
        handle: async () => {
          runs += 1
          throw new RangeError('the rope broke')
        },
      })
      const envelope = await runInContext({ requestId: 'request-8', trace: newTrace() }, () => ring())
      await eventually(async () => expect(await letters()).toHaveLength(1))
      expect(await letters()).toEqual([
        expect.objectContaining({
          service,
          consumer: 'listener',
          stream: stream.name,
          sequence: 1,
          subject,
          attempts: 3,
          errorClass: 'RangeError',
          errorMessage: 'the rope broke',
          requestId: 'request-8',
          payload: JSON.stringify(envelope),
          headers: expect.objectContaining({ 'ce-id': envelope.id }),
        }),
      ])
      expect(runs).toBe(3)
      expect(lines).toContainEqual(expect.objectContaining({ level: 'error', outcome: 'dead_letter', error_class: 'RangeError' }))
    })

    it('that knows it is hopeless is not tried again', async () => {
      const { run, ring, letters } = await setStage(start)
      let runs = 0
      await run({
        handle: async () => {
          runs += 1
          throw new PermanentError('no such bell')
        },
      })
      await ring()
      await eventually(async () => expect(await letters()).toMatchObject([{ errorClass: 'PermanentError', attempts: 1 }]))
      expect(runs).toBe(1)
    })
  })

  it('tries a held message again without calling it an error, and buries it as held at the end', async () => {
    const { run, ring, letters } = await setStage(start)
    let turn = 0
    await run({ handle: async () => ((turn += 1), { kind: 'wait', reason: 'version 1 has not come yet' }) })
    await ring()
    await eventually(async () =>
      expect(await letters()).toMatchObject([{ errorClass: 'held', errorMessage: 'version 1 has not come yet' }]),
    )
    expect(turn).toBe(3)
  })

  it('finishes a held message once what it waited for has come', async () => {
    const { run, ring, letters } = await setStage(start)
    let turn = 0
    await run({ handle: async () => ((turn += 1), turn < 2 ? { kind: 'wait', reason: 'not yet' } : { kind: 'done' }) })
    await ring()
    await eventually(() => expect(turn).toBe(2))
    expect(await letters()).toEqual([])
  })

  it('buries a message that took its process along too often, without handling it once more', async () => {
    const { bus, run, ring, letters, stream, subject, service } = await setStage(start)
    // Deliveries that end without a word, as those of a process that is killed do, under the same durable name.
    let deliveries = 0
    const dying = await bus.consume(
      { stream: stream.name, name: `${service}__listener`, subjects: [subject], concurrency: 1, ackWaitMs: 30_000 },
      async () => {
        deliveries += 1
        return { kind: 'again', afterMs: deliveries < 3 ? 1 : 300 }
      },
    )
    await ring()
    await eventually(() => expect(deliveries).toBe(3))
    await dying.close()
    const handled: unknown[] = []
    await run({ handle: async (envelope) => (handled.push(envelope), { kind: 'done' }) })
    await eventually(async () => expect(await letters()).toMatchObject([{ errorClass: 'attempts_exhausted', attempts: 3 }]))
    expect(handled).toEqual([])
  })

  it('buries what is no envelope', async () => {
    const { bus, run, letters, subject } = await setStage(start)
    const handled: unknown[] = []
    await run({ handle: async (envelope) => (handled.push(envelope), { kind: 'done' }) })
    await bus.publish({ transportId: newId(), subject, headers: { 'x-request-id': 'request-9' }, payload: 'no JSON' })
    await eventually(async () =>
      expect(await letters()).toMatchObject([
        { errorClass: 'EnvelopeInvalidError', attempts: 1, payload: 'no JSON', requestId: 'request-9' },
      ]),
    )
    expect(handled).toEqual([])
  })

  it('keeps the message while its dead letter cannot be sent', async () => {
    const { bus, run, ring, letters, lines } = await setStage(start)
    let isFull = true
    const refusing: Bus = {
      ...bus,
      publish: (message) => (isFull ? Promise.reject(new Error('no room for the dead')) : bus.publish(message)),
    }
    let runs = 0
    await run({
      bus: refusing,
      handle: async () => {
        runs += 1
        throw new PermanentError('hopeless')
      },
    })
    await ring()
    await eventually(() => expect(lines.filter((line) => line['burial_error'] === 'no room for the dead').length).toBeGreaterThan(1))
    expect(await letters()).toEqual([])
    isFull = false
    await eventually(async () => expect(await letters()).toHaveLength(1))
    expect(runs).toBeGreaterThanOrEqual(1)
  })

  it('refuses a name that no subject could hold', async () => {
    const { run } = await setStage(start)
    await expect(run({ name: 'orders.*', handle: async () => ({ kind: 'done' }) })).rejects.toThrow('orders.*')
  })

  describeDeadLetters(start)
  describeTelemetry(start)
}
