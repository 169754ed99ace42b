import { describe, expect, it } from 'vitest'
import { BrokerDriftError, MessageTooLargeError, StreamFullError, SubjectNotBoundError } from '../errors.ts'
import { consumerOf, eventually, messageTo, prepare, publishAll, testStream, type BrokerUnderTest } from './broker-under-test.ts'

const done = { kind: 'done' } as const

/** What every bus promises of publishing and of streams. */
export function describePublishing(start: () => Promise<BrokerUnderTest>): void {
  describe('publishing', () => {
    it('says where the message lies', async () => {
      const { bus, stream } = await prepare(start)
      expect(await bus.streamState(stream.name)).toMatchObject({ lastSequence: 0 })
      expect(await bus.publish(messageTo(stream, 'one'))).toEqual({ stream: stream.name, sequence: 1, duplicate: false })
      expect(await bus.publish(messageTo(stream, 'two'))).toEqual({ stream: stream.name, sequence: 2, duplicate: false })
      expect(await bus.streamState(stream.name)).toMatchObject({ lastSequence: 2, created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })
    })

    it('takes a repeat under the same transport id for the message it has', async () => {
      const { bus, stream } = await prepare(start)
      const message = messageTo(stream, 'once')
      await bus.publish(message)
      expect(await bus.publish(message)).toEqual({ stream: stream.name, sequence: 1, duplicate: true })
    })

    it('names the subject that no stream takes', async () => {
      const { bus } = await prepare(start)
      const publishing = bus.publish({ ...messageTo(testStream(), ''), subject: 'nobody.listens.here' })
      await expect(publishing).rejects.toThrow(SubjectNotBoundError)
      await expect(publishing).rejects.toThrow('nobody.listens.here')
    })

    it('refuses more than fits where nothing may be forgotten', async () => {
      const { bus, stream } = await prepare(start, { onFull: 'refuse', maxMessages: 2 })
      await publishAll(bus, { stream, payloads: ['one', 'two'] })
      await expect(bus.publish(messageTo(stream, 'three'))).rejects.toThrow(StreamFullError)
      expect(await bus.streamState(stream.name)).toMatchObject({ lastSequence: 2 })
    })

    it('forgets the oldest where that is agreed', async () => {
      const { bus, stream } = await prepare(start, { maxMessages: 2 })
      await publishAll(bus, { stream, payloads: ['one', 'two', 'three'] })
      const seen: string[] = []
      const subscription = await bus.consume(consumerOf(stream), async ({ payload }) => (seen.push(payload), done))
      await eventually(() => expect(seen.toSorted()).toEqual(['three', 'two']))
      await subscription.close()
    })

    it('refuses a message that is too large for its stream', async () => {
      const { bus, stream } = await prepare(start, { maxMessageBytes: 200 })
      await expect(bus.publish(messageTo(stream, 'x'.repeat(300)))).rejects.toThrow(MessageTooLargeError)
    })

    it('keeps the broker’s own headers to the broker', async () => {
      const { bus, stream } = await prepare(start)
      await expect(bus.publish({ ...messageTo(stream, ''), headers: { 'Nats-Rollup': 'all' } })).rejects.toThrow('Nats-Rollup')
    })
  })

  describe('a stream', () => {
    it('is unknown until it is made', async () => {
      const { bus } = await prepare(start)
      expect(await bus.streamState('NEVER_MADE')).toBeUndefined()
    })

    it('is widened, and never narrowed, by those who ask for it', async () => {
      const { bus, stream } = await prepare(start, { onFull: 'refuse', maxMessages: 2 })
      const wider = { ...stream, maxMessages: 3, subjects: [...stream.subjects, `more.${stream.name}`] }
      await bus.ensureStream(wider)
      await bus.ensureStream(stream)
      await publishAll(bus, { stream, payloads: ['one', 'two'] })
      expect(await bus.publish({ ...messageTo(stream, 'three'), subject: `more.${stream.name}` })).toMatchObject({ sequence: 3 })
    })

    it('cannot become another kind, and the refusal names both', async () => {
      const { bus, stream } = await prepare(start)
      const changing = bus.ensureStream({ ...stream, onFull: 'refuse' })
      await expect(changing).rejects.toThrow(BrokerDriftError)
      await expect(changing).rejects.toThrow(/drop-oldest.*refuse/)
    })

    it('kept until done makes room as its consumer works', async () => {
      const { bus, stream } = await prepare(start, { onFull: 'refuse', retention: 'until-done', maxMessages: 2 })
      await publishAll(bus, { stream, payloads: ['one', 'two'] })
      await expect(bus.publish(messageTo(stream, 'three'))).rejects.toThrow(StreamFullError)
      const subscription = await bus.consume(consumerOf(stream), async () => done)
      await eventually(() => bus.publish(messageTo(stream, 'three')))
      await subscription.close()
    })
  })
}
