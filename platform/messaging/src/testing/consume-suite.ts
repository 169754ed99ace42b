import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Delivery, Disposition } from '../bus.ts'
import { BrokerUnavailableError } from '../errors.ts'
import { consumerOf, eventually, messageTo, prepare, publishAll, subjectOf, testStream, type BrokerUnderTest } from './broker-under-test.ts'

const done: Disposition = { kind: 'done' }

/** What every bus promises of consuming. */
export function describeConsuming(start: () => Promise<BrokerUnderTest>): void {
  describe('consuming', () => {
    it('names the stream that is not there', async () => {
      const { bus } = await prepare(start)
      const consuming = bus.consume({ ...consumerOf(testStream()), stream: 'NEVER_MADE' }, async () => done)
      await expect(consuming).rejects.toThrow(BrokerUnavailableError)
      await expect(consuming).rejects.toThrow('NEVER_MADE')
    })

    it('delivers a message as it was sent, with its place and its attempt', async () => {
      const { bus, stream } = await prepare(start)
      const seen: Delivery[] = []
      const subscription = await bus.consume(consumerOf(stream), async (delivery) => (seen.push(delivery), done))
      await bus.publish(messageTo(stream, '{"ünï":"cödé"}'))
      await eventually(() => expect(seen).toHaveLength(1))
      expect(seen[0]).toMatchObject({
        subject: subjectOf(stream),
        payload: '{"ünï":"cödé"}',
        stream: stream.name,
        sequence: 1,
        attempt: 1,
        headers: { traceparent: 'kept' },
      })
      await subscription.close()
    })

    it('delivers what was sent before the consumer was there', async () => {
      const { bus, stream } = await prepare(start)
      await publishAll(bus, { stream, payloads: ['early'] })
      const seen: string[] = []
      const subscription = await bus.consume(consumerOf(stream), async ({ payload }) => (seen.push(payload), done))
      await eventually(() => expect(seen).toEqual(['early']))
      await subscription.close()
    })

    it('delivers to every consumer, and to each only the subjects it asked for', async () => {
      const { bus, stream } = await prepare(start)
      const seen: string[] = []
      const other = subjectOf(stream).replace('happened', 'other')
      const subscriptions = [
        await bus.consume(consumerOf(stream, { name: 'one' }), async ({ payload }) => (seen.push(`one ${payload}`), done)),
        await bus.consume(
          consumerOf(stream, { name: 'two', subjects: [subjectOf(stream), other] }),
          async ({ payload }) => (seen.push(`two ${payload}`), done),
        ),
      ]
      await bus.publish(messageTo(stream, 'a'))
      await bus.publish({ ...messageTo(stream, 'b'), subject: other })
      await eventually(() => expect(seen.toSorted()).toEqual(['one a', 'two a', 'two b']))
      await Promise.all(subscriptions.map((subscription) => subscription.close()))
    })

    it('shares the messages among the instances of a consumer, each to one of them', async () => {
      const { bus, broker, stream } = await prepare(start)
      const second = await broker.open()
      const seen: string[] = []
      const read =
        (instance: string) =>
        async (delivery: Delivery): Promise<Disposition> => {
          seen.push(`${instance} ${delivery.payload}`)
          await pause(2)
          return done
        }
      const subscriptions = [
        await bus.consume(consumerOf(stream, { concurrency: 2 }), read('a')),
        await second.consume(consumerOf(stream, { concurrency: 2 }), read('b')),
      ]
      const payloads = Array.from({ length: 60 }, (_, number) => String(number))
      await publishAll(bus, { stream, payloads })
      await eventually(() => expect(seen).toHaveLength(60))
      expect(seen.map((one) => one.slice(2)).toSorted()).toEqual(payloads.toSorted())
      expect(new Set(seen.map((one) => one[0]))).toEqual(new Set(['a', 'b']))
      await Promise.all(subscriptions.map((subscription) => subscription.close()))
    })

    it('runs as many handlers at once as it was allowed, and no more', async () => {
      const { bus, stream } = await prepare(start)
      let running = 0
      let most = 0
      let finished = 0
      const subscription = await bus.consume(consumerOf(stream, { concurrency: 3 }), async () => {
        running += 1
        most = Math.max(most, running)
        await pause(15)
        running -= 1
        finished += 1
        return done
      })
      await publishAll(bus, { stream, payloads: Array.from({ length: 12 }, String) })
      await eventually(() => expect(finished).toBe(12))
      expect(most).toBe(3)
      await subscription.close()
    })

    it('delivers again what is to be done again, after what was asked to come sooner', async () => {
      const { bus, stream } = await prepare(start)
      const seen: string[] = []
      const waits: Record<string, number> = { slow: 900, quick: 100 }
      const subscription = await bus.consume(consumerOf(stream), async ({ payload, attempt }) => {
        seen.push(`${payload} ${attempt}`)
        return attempt === 1 ? { kind: 'again', afterMs: waits[payload] ?? 0 } : done
      })
      await publishAll(bus, { stream, payloads: ['slow', 'quick'] })
      await eventually(() => expect(seen).toEqual(['slow 1', 'quick 1', 'quick 2', 'slow 2']))
      await subscription.close()
    })

    it('waits even where no wait was asked for', async () => {
      const { bus, stream } = await prepare(start)
      const attempts: number[] = []
      const subscription = await bus.consume(consumerOf(stream), async ({ attempt }) => {
        attempts.push(attempt)
        return attempt < 3 ? { kind: 'again', afterMs: 0 } : done
      })
      await publishAll(bus, { stream, payloads: ['x'] })
      await eventually(() => expect(attempts).toEqual([1, 2, 3]))
      await subscription.close()
    })

    it('takes a throw for another attempt', async () => {
      const { bus, stream } = await prepare(start)
      const attempts: number[] = []
      const subscription = await bus.consume(consumerOf(stream), ({ attempt }) => {
        attempts.push(attempt)
        // Thrown at once rather than rejected, as a handler that is no async function would.
        if (attempt === 1) throw new Error('not this time')
        return attempt === 2 ? Promise.reject(new Error('nor now')) : Promise.resolve(done)
      })
      await publishAll(bus, { stream, payloads: ['x'] })
      await eventually(() => expect(attempts).toEqual([1, 2, 3]))
      await subscription.close()
    })

    it('goes on with the others while one waits', async () => {
      const { bus, stream } = await prepare(start)
      const seen: string[] = []
      const subscription = await bus.consume(consumerOf(stream, { concurrency: 1 }), async ({ payload }) => {
        if (payload === 'stubborn') return { kind: 'again', afterMs: 60_000 }
        seen.push(payload)
        return done
      })
      await publishAll(bus, { stream, payloads: ['stubborn', 'b', 'c', 'd'] })
      await eventually(() => expect(seen).toEqual(['b', 'c', 'd']))
      await subscription.close()
    })

    it('closes once the handlers in hand are done, and loses nothing', async () => {
      const { bus, broker, stream } = await prepare(start)
      const payloads = Array.from({ length: 20 }, (_, number) => String(number))
      await publishAll(bus, { stream, payloads })
      const finished: string[] = []
      let begun = 0
      const first = await bus.consume(consumerOf(stream, { ackWaitMs: 1_000 }), async ({ payload }) => {
        begun += 1
        await pause(30)
        finished.push(payload)
        return done
      })
      await eventually(() => expect(begun).toBeGreaterThan(0))
      await first.close()
      expect(finished).toHaveLength(begun)
      const begunAtClose = begun

      const second = await (
        await broker.open()
      ).consume(consumerOf(stream, { ackWaitMs: 1_000 }), async ({ payload }) => (finished.push(payload), done))
      await eventually(() => expect(new Set(finished).size).toBe(20))
      expect(begun).toBe(begunAtClose)
      expect(finished).toHaveLength(20)
      await second.close()
    })
  })
}
