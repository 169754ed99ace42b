import { setTimeout as pause } from 'node:timers/promises'
import { testServers } from '@deploy/local/testing'
import { jetstreamManager, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bus } from '../bus.ts'
import { BrokerDriftError, BrokerUnavailableError } from '../errors.ts'
import { consumerOf, eventually, messageTo, recordingLogger, subjectOf, testStream } from '../testing/broker-under-test.ts'
import { connectNats } from './connect-nats.ts'

let connection: NatsConnection
let admin: JetStreamManager
let bus: Bus

beforeAll(async () => {
  const url = testServers().natsUrl
  connection = await connect({ servers: new URL(url).host })
  admin = await jetstreamManager(connection)
  bus = await connectNats({ url, name: 'provisioning', logger: recordingLogger().logger })
})
afterAll(async () => {
  await bus.close()
  await connection.close()
})

describe('a stream on JetStream', () => {
  it('has every limit set, a window for repeats and a copy on disk', async () => {
    const stream = testStream({ onFull: 'refuse', retention: 'until-done' })
    await bus.ensureStream(stream)
    expect((await admin.streams.info(stream.name)).config).toMatchObject({
      storage: 'file',
      num_replicas: 1,
      retention: 'workqueue',
      discard: 'new',
      duplicate_window: 120e9,
      max_bytes: stream.maxBytes,
      max_msgs: stream.maxMessages,
      max_msg_size: stream.maxMessageBytes,
    })
  })

  it('refuses a stream that would keep its messages elsewhere, and names both places', async () => {
    const stream = testStream()
    await admin.streams.add({ name: stream.name, subjects: [...stream.subjects], storage: StorageType.Memory })
    await expect(bus.ensureStream(stream)).rejects.toThrow(BrokerDriftError)
    await expect(bus.ensureStream(stream)).rejects.toThrow(/storage memory.*file/)
  })

  it('refuses a stream of another retention, and names both', async () => {
    const stream = testStream()
    await admin.streams.add({ name: stream.name, subjects: [...stream.subjects], retention: RetentionPolicy.Interest })
    await expect(bus.ensureStream(stream)).rejects.toThrow(/interest.*limits/)
  })

  it('names the stream that has its subjects already', async () => {
    const owner = testStream()
    await bus.ensureStream(owner)
    const intruder = { ...testStream(), subjects: [subjectOf(owner)] }
    await expect(bus.ensureStream(intruder)).rejects.toThrow(BrokerDriftError)
    await expect(bus.ensureStream(intruder)).rejects.toThrow(owner.name)
    expect((await bus.health()).detail).toContain(owner.name)
  })

  it('says that the disk is too small when it is', async () => {
    const stream = testStream({ maxBytes: 2 ** 50 })
    await expect(bus.ensureStream(stream)).rejects.toThrow(BrokerUnavailableError)
    await expect(bus.ensureStream(stream)).rejects.toThrow(/no disk space.*1125899906842624/)
  })

  it('is made once by many that ask at the same moment', async () => {
    const stream = testStream()
    await Promise.all(Array.from({ length: 10 }, () => bus.ensureStream(stream)))
    await Promise.all(Array.from({ length: 10 }, (_, more) => bus.ensureStream({ ...stream, maxMessages: 2_000 + more })))
    expect((await admin.streams.info(stream.name)).config.max_msgs).toBeGreaterThanOrEqual(2_000)
  })
})

describe('a consumer on JetStream', () => {
  it('acknowledges each message, never gives one up, and leaves the pace of retries to us', async () => {
    const stream = testStream()
    await bus.ensureStream(stream)
    const subscription = await bus.consume(consumerOf(stream), async () => ({ kind: 'done' }))
    const { config } = await admin.consumers.info(stream.name, 'reader')
    expect(config).toMatchObject({ ack_policy: 'explicit', max_deliver: -1, ack_wait: 30e9, filter_subjects: [subjectOf(stream)] })
    expect(config).not.toHaveProperty('backoff')
    await subscription.close()
  })

  it('is never told to deliver again at once, even where no wait was asked for', async () => {
    const stream = testStream()
    await bus.ensureStream(stream)
    const told: string[] = []
    const overheard = connection.subscribe('$JS.ACK.>', {
      callback: (_, message) => void (message.subject.includes(stream.name) && told.push(message.string())),
    })
    const subscription = await bus.consume(consumerOf(stream), async ({ attempt }) => {
      return attempt < 3 ? { kind: 'again', afterMs: 0 } : { kind: 'done' }
    })
    await bus.publish(messageTo(stream, 'x'))
    await eventually(() => expect(told).toEqual(['-NAK {"delay":1000000}', '-NAK {"delay":1000000}', '+ACK']))
    overheard.unsubscribe()
    await subscription.close()
  })

  it('is brought up to date by its next instance, with its place in the stream', async () => {
    const stream = testStream()
    await bus.ensureStream(stream)
    const seen: string[] = []
    const first = await bus.consume(consumerOf(stream), async ({ payload }) => (seen.push(payload), { kind: 'done' }))
    await bus.publish(messageTo(stream, 'one'))
    await eventually(() => expect(seen).toEqual(['one']))
    await eventually(async () => expect((await admin.consumers.info(stream.name, 'reader')).num_ack_pending).toBe(0))
    await first.close()

    const other = subjectOf(stream).replace('happened', 'other')
    const second = await bus.consume(
      consumerOf(stream, { subjects: [subjectOf(stream), other], ackWaitMs: 5_000 }),
      async ({ payload }) => (seen.push(payload), { kind: 'done' }),
    )
    await bus.publish({ ...messageTo(stream, 'two'), subject: other })
    await eventually(() => expect(seen).toEqual(['one', 'two']))
    expect((await admin.consumers.info(stream.name, 'reader')).config.ack_wait).toBe(5e9)
    await second.close()
  })

  it('keeps a message from others for as long as its handler works, and gives it to them when it is stuck', async () => {
    const stream = testStream()
    await bus.ensureStream(stream)
    const attempts: number[] = []
    let release = (): void => undefined
    const stuck = new Promise<void>((resolve) => (release = resolve))
    const subscription = await bus.consume(consumerOf(stream, { ackWaitMs: 300, concurrency: 2 }), async ({ payload, attempt }) => {
      attempts.push(attempt)
      if (payload === 'long') await pause(1_200)
      if (payload === 'stuck' && attempt === 1) await stuck
      return { kind: 'done' }
    })
    await bus.publish(messageTo(stream, 'long'))
    await eventually(async () => {
      const { num_ack_pending, delivered } = await admin.consumers.info(stream.name, 'reader')
      expect([num_ack_pending, delivered.stream_seq]).toEqual([0, 1])
    })
    expect(attempts).toEqual([1])

    await bus.publish(messageTo(stream, 'stuck'))
    await eventually(() => expect(attempts).toEqual([1, 1, 2]))
    release()
    await subscription.close()
  })
})
