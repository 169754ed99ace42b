import type { StreamSpec } from '@ashlar/contract'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startNats } from '@deploy/local/testing'
import { expect, it } from 'vitest'
import type { Bus, OutgoingMessage } from '../bus.ts'
import { BrokerUnavailableError } from '../errors.ts'
import { consumerOf, eventually, messageTo, recordingLogger, testStream } from '../testing/broker-under-test.ts'
import { connectNats } from './connect-nats.ts'
import { openDeadLetters } from './open-dead-letters.ts'

type Server = Awaited<ReturnType<typeof startNats>>

interface OwnBroker extends AsyncDisposable {
  readonly server: Server
  readonly folder: string
  connect(): Promise<Bus>
}

async function ownBroker(): Promise<OwnBroker> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-broker-'))
  const server = await startNats({ folder })
  const buses: Bus[] = []
  return {
    server,
    folder,
    async connect() {
      const bus = await connectNats({ url: server.url, name: 'faults', logger: recordingLogger().logger })
      buses.push(bus)
      return bus
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(buses.map((bus) => bus.close()))
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Makes a stream and notes what arrives on it. */
async function hearing(bus: Bus): Promise<{ stream: StreamSpec; seen: string[] }> {
  const stream = testStream()
  await bus.ensureStream(stream)
  const seen: string[] = []
  await bus.consume(consumerOf(stream), async ({ payload }) => (seen.push(payload), { kind: 'done' }))
  return { stream, seen }
}

/** Sends as the relay does: the same message until it is acknowledged. */
async function publishUntilTaken(bus: Bus, message: OutgoingMessage): Promise<void> {
  for (;;) {
    try {
      await bus.publish(message)
      return
    } catch (error) {
      if (!(error instanceof BrokerUnavailableError)) throw error
      await pause(50)
    }
  }
}

it('loses nothing when the broker is killed, twice, while messages are sent and handled', async () => {
  await using broker = await ownBroker()
  const [sender, receiver] = [await broker.connect(), await broker.connect()]
  const stream = testStream()
  await sender.ensureStream(stream)
  await receiver.ensureStream(stream)
  const seen = new Set<string>()
  const subscription = await receiver.consume(consumerOf(stream, { ackWaitMs: 1_000 }), async ({ payload }) => {
    await pause(2)
    seen.add(payload)
    return { kind: 'done' }
  })
  const numbers = Array.from({ length: 400 }, (_, number) => String(number))
  const sending = (async () => {
    for (const number of numbers) await publishUntilTaken(sender, messageTo(stream, number))
  })()
  for (const threshold of [50, 200]) {
    await eventually(() => expect(seen.size).toBeGreaterThan(threshold))
    await broker.server.kill()
    const problem = { healthy: false, detail: expect.stringContaining(`127.0.0.1:${broker.server.port}`) }
    await eventually(async () => expect(await sender.health()).toMatchObject(problem))
    await broker.server.start()
  }
  await sending
  await eventually(() => expect(seen.size).toBe(numbers.length))
  await eventually(async () => expect(await sender.health()).toMatchObject({ healthy: true }))
  await subscription.close()
})

it('goes on after its stream was deleted under it', async () => {
  await using broker = await ownBroker()
  const bus = await broker.connect()
  const { stream, seen } = await hearing(bus)
  await bus.publish(messageTo(stream, 'before'))
  await eventually(() => expect(seen).toEqual(['before']))
  const before = await bus.streamState(stream.name)

  await deleteFromOutside(broker.server.url, stream.name)
  await eventually(async () => expect(await bus.streamState(stream.name)).toMatchObject({ lastSequence: 0 }))
  expect((await bus.streamState(stream.name))?.created).not.toBe(before?.created)
  await bus.publish(messageTo(stream, 'after'))
  await eventually(() => expect(seen).toEqual(['before', 'after']))
})

it('goes on after its consumer was deleted under it', async () => {
  await using broker = await ownBroker()
  const bus = await broker.connect()
  const { stream, seen } = await hearing(bus)
  await bus.publish(messageTo(stream, 'before'))
  await eventually(() => expect(seen).toEqual(['before']))

  await deleteFromOutside(broker.server.url, stream.name, 'reader')
  await bus.publish(messageTo(stream, 'after'))
  await eventually(() => expect(seen).toContain('after'))
})

it('makes a stream again for the message that finds it gone', async () => {
  await using broker = await ownBroker()
  const bus = await broker.connect()
  const stream = testStream()
  await bus.ensureStream(stream)
  await bus.publish(messageTo(stream, 'before'))
  await deleteFromOutside(broker.server.url, stream.name)
  expect(await bus.publish(messageTo(stream, 'after'))).toEqual({ stream: stream.name, sequence: 1, duplicate: false })
})

it('finds its streams made again, empty, by the time it hears that a broker without its disk is back', async () => {
  await using broker = await ownBroker()
  const bus = await broker.connect()
  const { stream, seen } = await hearing(bus)
  await bus.publish(messageTo(stream, 'before'))
  const states: unknown[] = []
  bus.onConnected(() => void bus.streamState(stream.name).then((state) => states.push(state?.lastSequence)))

  await broker.server.kill()
  await rm(broker.folder, { recursive: true })
  await broker.server.start()
  await eventually(() => expect(states).toEqual([0]))
  await bus.publish(messageTo(stream, 'after'))
  await eventually(() => expect(seen).toContain('after'))
})

it('starts without its broker, says so, and does what it was asked once the broker is there', async () => {
  await using broker = await ownBroker()
  await broker.server.stop()
  const bus = await broker.connect()
  expect(await bus.health()).toMatchObject({ healthy: false, detail: expect.stringContaining(`127.0.0.1:${broker.server.port}`) })
  const { stream, seen } = await hearing(bus)
  await expect(bus.publish(messageTo(stream, 'too early'))).rejects.toThrow(BrokerUnavailableError)
  await expect(openDeadLetters(broker.server.url)).rejects.toThrow(BrokerUnavailableError)

  await broker.server.start()
  await eventually(() => bus.publish(messageTo(stream, 'in time')))
  await eventually(() => expect(seen).toEqual(['in time']))
  expect(await bus.health()).toMatchObject({ healthy: true })
})

it('closes while its broker is away', async () => {
  await using broker = await ownBroker()
  const [connectedOnce, bus] = [await broker.connect(), await broker.connect()]
  const stream = testStream()
  await bus.ensureStream(stream)
  const subscription = await bus.consume(consumerOf(stream), async () => ({ kind: 'done' }))
  await broker.server.kill()
  await subscription.close()
  await bus.close()
  await connectedOnce.close()
  expect(await bus.health()).toMatchObject({ healthy: false, detail: 'closed' })
})

async function deleteFromOutside(url: string, stream: string, consumer?: string): Promise<void> {
  const { connect } = await import('@nats-io/transport-node')
  const { jetstreamManager } = await import('@nats-io/jetstream')
  const connection = await connect({ servers: new URL(url).host })
  const admin = await jetstreamManager(connection)
  await (consumer === undefined ? admin.streams.delete(stream) : admin.consumers.delete(stream, consumer))
  await connection.close()
}

it('waits for an operator, and says what to do, when the broker cannot read what it stored of a consumer', async () => {
  await using broker = await ownBroker()
  const bus = await broker.connect()
  const stream = testStream()
  await bus.ensureStream(stream)
  const store = join(broker.folder, 'nats', 'jetstream', 'jetstream', '$G', 'streams', stream.name, 'obs', 'reader')
  await mkdir(store, { recursive: true })
  await writeFile(join(store, 'o.dat'), Buffer.from('\u0016\u0009 no such thing'))
  const consuming = bus.consume(consumerOf(stream), async () => ({ kind: 'done' }))
  await expect(consuming).rejects.toThrow(BrokerUnavailableError)
  await expect(consuming).rejects.toThrow(`remove streams/${stream.name}/obs/reader from its store`)
  await rm(store, { recursive: true })
  const seen: string[] = []
  await bus.consume(consumerOf(stream), async ({ payload }) => (seen.push(payload), { kind: 'done' }))
  await bus.publish(messageTo(stream, 'at last'))
  await eventually(() => expect(seen).toEqual(['at last']))
})
