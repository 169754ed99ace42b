import { streamsOf } from '@ashlar/contract'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brokerUrlOf, startNats } from '@deploy/local/testing'
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Bus, OutgoingMessage } from '../bus.ts'
import { BrokerForbiddenError, StreamMissingError } from '../errors.ts'
import { newId } from '../new-id.ts'
import { deadLetterStream } from '../streams.ts'
import { eventually, recordingLogger } from '../testing/broker-under-test.ts'
import { connectNats } from './connect-nats.ts'
import { natsOptions } from './nats-options.ts'
import { natsOperator, natsPermissions } from './nats-permissions.ts'

const { publish, subscribe } = natsPermissions({ service: 'shipping' })
const unableToFetch = { subscribe, publish: { ...publish, allow: publish.allow.filter((subject) => !subject.includes('MSG.NEXT')) } }

// A shop of three: orders sends commands to payments, notifications hears orders. Inventory is asked by nobody.
const toldOf = { usedBy: ['orders', 'notifications'], reactions: ['on-payment-charged'] }
const users = [
  { name: 'orders', permissions: natsPermissions({ service: 'orders', uses: ['orders', 'payments'], ...toldOf }) },
  { name: 'payments', permissions: natsPermissions({ service: 'payments', uses: ['payments'], usedBy: ['orders'] }) },
  { name: 'notifications', permissions: natsPermissions({ service: 'notifications', uses: ['orders'], reactions: ['on-order-placed'] }) },
  { name: 'shipping', permissions: unableToFetch },
  { name: natsOperator },
]
const services = ['orders', 'payments', 'notifications']
const streams = services.flatMap((name) => [...Object.values(streamsOf({ name })), deadLetterStream(name)])

let folder = ''
let server: Awaited<ReturnType<typeof startNats>>
const opened: { close(): Promise<void> }[] = []
const urlOf = async (user: string): Promise<string> => (await brokerUrlOf(user, { folder, url: server.url })) ?? ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-permissions-'))
  server = await startNats({ folder, users })
  const { bus } = await busOf(natsOperator)
  for (const stream of streams) await bus.ensureStream({ ...stream, maxBytes: 1_000_000 })
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function busOf(user: string, url?: string): Promise<{ bus: Bus; lines: Record<string, unknown>[] }> {
  const { logger, lines } = recordingLogger()
  const bus = await connectNats({ url: url ?? (await urlOf(user)), name: user, logger })
  opened.push(bus)
  return { bus, lines }
}

/** A connection that does not keep to the platform's ways. */
async function rawly(user: string): Promise<{ connection: NatsConnection; admin: JetStreamManager }> {
  const connection = await connect(natsOptions({ url: await urlOf(user), name: 'intruder' }))
  opened.push(connection)
  return { connection, admin: await jetstreamManager(connection, { checkAPI: false }) }
}

const message = (subject: string): OutgoingMessage => ({ transportId: newId(), subject, headers: {}, payload: '{}' })
const refusal = (subject: string) => `the broker does not let user orders publish on ${subject}`

describe('orders', () => {
  it.each(['orders.order-placed.v1', 'payments.charge.command.v1', 'replies.notifications', 'dlq.orders.replies'])(
    'may publish %s',
    async (subject) => {
      const { bus } = await busOf('orders')
      expect(await bus.publish(message(subject))).toMatchObject({ duplicate: false })
    },
  )

  it.each([
    'payments.payment-charged.v1',
    'notifications.send-mail.command.v1',
    'replies.payments',
    'dlq.payments.charge',
    'payments.replay.payments__on-it',
    'payments.replay.command.payments__charge',
    'orders.replay.notifications__on-order-placed',
    '$JS.ACK.EVENTS_orders.notifications__on-order-placed.1.1.1.1.0',
  ])('may not publish %s, and is told so at once', async (subject) => {
    const { bus } = await busOf('orders')
    const state = await bus.streamState('EVENTS_payments')
    const refused = await bus.publish(message(subject)).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(BrokerForbiddenError)
    expect(refused).toMatchObject({ message: refusal(subject), subject, user: 'orders' })
    expect(await bus.streamState('EVENTS_payments')).toEqual(state)
  })

  it('may not empty, change or delete a stream, delete a message, or look into one', async () => {
    const { admin } = await rawly('orders')
    const republish = { src: 'orders.*.*', dest: 'payments.payment-charged.v1' }
    for (const stream of ['EVENTS_payments', 'DEAD_LETTERS_orders', 'EVENTS_orders']) {
      await expect(admin.streams.purge(stream)).rejects.toThrow(`Publish to "$JS.API.STREAM.PURGE.${stream}"`)
      await expect(admin.streams.delete(stream)).rejects.toThrow('Permissions Violation')
      await expect(admin.streams.deleteMessage(stream, 1)).rejects.toThrow('Permissions Violation')
      await expect(admin.streams.getMessage(stream, { seq: 1 })).rejects.toThrow('Permissions Violation')
      // how it could have its own events republished as those of payments
      await expect(admin.streams.update(stream, { republish })).rejects.toThrow('Permissions Violation')
    }
    const { events } = streamsOf({ name: 'orders' })
    await expect(admin.streams.add({ name: events.name, subjects: [...events.subjects], republish })).rejects.toThrow('already in use')
    await expect(admin.streams.add({ name: 'EVENTS_elsewhere', subjects: ['elsewhere.*.*'] })).rejects.toThrow('Permissions Violation')
  })

  it('may not read what others read, nor through their consumers', async () => {
    const { admin } = await rawly('orders')
    for (const stream of ['COMMANDS_payments', 'REPLIES_payments', 'DEAD_LETTERS_payments', 'EVENTS_payments'])
      await expect(admin.consumers.add(stream, { durable_name: 'orders__spy', filter_subjects: ['>'] })).rejects.toThrow(
        'Permissions Violation',
      )
    await expect(admin.consumers.info('EVENTS_orders', 'notifications__on-order-placed')).rejects.toThrow('Permissions Violation')
    await expect(admin.consumers.delete('COMMANDS_orders', 'orders__charge')).rejects.toThrow('Permissions Violation')
  })

  it('may not overhear what others are told', async () => {
    const { connection } = await rawly('orders')
    for (const subject of ['payments.>', '_INBOX.>', '_INBOX.payments.>', '$JS.ACK.>']) {
      const heard = Promise.withResolvers<Error | null>()
      connection.subscribe(subject, { callback: (error) => heard.resolve(error) })
      expect((await heard.promise)?.message).toContain(`Subscription to "${subject}"`)
    }
  })
})

it('lets each service make its streams where there are none, but nobody else’s', async () => {
  const operator = await rawly(natsOperator)
  await operator.admin.streams.delete('EVENTS_orders')
  await operator.admin.streams.delete('COMMANDS_payments')
  const { bus } = await busOf('orders')
  const { events } = streamsOf({ name: 'orders' })
  const { commands } = streamsOf({ name: 'payments' })
  const small = { maxBytes: 1_000_000 }
  await bus.ensureStream({ ...events, ...small })
  const refused = await bus.ensureStream({ ...commands, ...small }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(StreamMissingError)
  expect((refused as Error).message).toContain('there is no stream COMMANDS_payments, and user orders may not make it')
  expect(await bus.health()).toMatchObject({ healthy: false, detail: expect.stringContaining('COMMANDS_payments') })

  const { bus: owner } = await busOf('payments')
  await owner.ensureStream({ ...commands, ...small })
  await bus.ensureStream({ ...commands, ...small })
  expect(await bus.health()).toMatchObject({ healthy: true })
})

it('waits for a stream that another has to make when the broker comes back without its disk', async () => {
  const { bus: orders, lines } = await busOf('orders')
  const { commands } = streamsOf({ name: 'payments' })
  await orders.ensureStream({ ...commands, maxBytes: 1_000_000 })
  await server.stop()
  await rm(join(folder, 'nats', 'jetstream'), { recursive: true })
  await server.start()
  const failures = () => lines.filter(({ msg }) => msg === 'a stream could not be made')
  await eventually(() => expect(failures().length).toBeGreaterThan(5))
  expect((await orders.health()).detail).toContain('there is no stream COMMANDS_payments, and user orders may not make it')
  for (const stream of streams) await (await busOf(natsOperator)).bus.ensureStream({ ...stream, maxBytes: 1_000_000 })
  await eventually(async () => expect(await orders.health()).toMatchObject({ healthy: true }))
})

it('brings commands to their service, replies back and events to whoever listens', async () => {
  const [{ bus: orders }, { bus: payments }, { bus: notifications }] = [
    await busOf('orders'),
    await busOf('payments'),
    await busOf('notifications'),
  ]
  const got: string[] = []
  const reader = (stream: string, name: string, subject: string) => ({
    stream,
    name,
    subjects: [subject],
    concurrency: 2,
    ackWaitMs: 5_000,
  })
  const note =
    (who: string) =>
    async ({ subject, attempt }: { subject: string; attempt: number }) => {
      got.push(`${who} ${subject}`)
      // once more, so that both ways to acknowledge are used
      return attempt === 1 ? ({ kind: 'again', afterMs: 1 } as const) : ({ kind: 'done' } as const)
    }
  await payments.consume(reader('COMMANDS_payments', 'payments__charge', 'payments.charge.command.v1'), note('payments'))
  await orders.consume(reader('REPLIES_orders', 'orders__replies', 'replies.orders'), note('orders'))
  await notifications.consume(reader('EVENTS_orders', 'notifications__on-order-placed', 'orders.order-placed.v1'), note('notifications'))
  await orders.publish(message('payments.charge.command.v1'))
  await payments.publish(message('replies.orders'))
  await orders.publish(message('orders.order-placed.v1'))
  const twice = (line: string) => [line, line]
  await eventually(() =>
    expect(got.toSorted()).toEqual([
      ...twice('notifications orders.order-placed.v1'),
      ...twice('orders replies.orders'),
      ...twice('payments payments.charge.command.v1'),
    ]),
  )
})

it('says which consumer is forbidden to whom, rather than wait for messages that never come', async () => {
  const { bus } = await busOf('orders')
  const consumer = {
    stream: 'EVENTS_payments',
    name: 'payments__on-payment-charged',
    subjects: ['payments.payment-charged.v1'],
    concurrency: 1,
    ackWaitMs: 5_000,
  }
  await expect(bus.consume(consumer, async () => ({ kind: 'done' }))).rejects.toThrow(
    refusal('$JS.API.CONSUMER.DURABLE.CREATE.EVENTS_payments.payments__on-payment-charged'),
  )
})

it('is not ready, and says why once, where it may make a consumer but not fetch from it', async () => {
  const { bus, lines } = await busOf('shipping')
  const { commands } = streamsOf({ name: 'shipping' })
  await bus.ensureStream({ ...commands, maxBytes: 1_000_000 })
  const subjects = ['shipping.schedule-shipment.command.v1']
  await bus.consume({ stream: commands.name, name: 'shipping__s', subjects, concurrency: 1, ackWaitMs: 5_000 }, async () => ({
    kind: 'done',
  }))
  const problem = 'the broker does not let user shipping publish on $JS.API.CONSUMER.MSG.NEXT.COMMANDS_shipping.shipping__s'
  await eventually(async () => expect(await bus.health()).toMatchObject({ healthy: false, detail: problem }))
  await eventually(() => expect(lines.filter(({ notice }) => notice === 'heartbeats_missed').length).toBeGreaterThan(0))
  expect(lines.filter(({ msg }) => msg === problem)).toHaveLength(1)
})

it('lets nobody in without a password, says whom it keeps out, and repeats no password', async () => {
  const { bus: nameless } = await busOf('nobody', server.url)
  expect(await nameless.health()).toMatchObject({ healthy: false, detail: expect.stringContaining('Authorization Violation') })
  const { bus, lines } = await busOf('orders', server.url.replace('://', '://orders:a-wrong-one@'))
  expect(await bus.health()).toMatchObject({ healthy: false, detail: expect.stringContaining('as user orders') })
  expect(JSON.stringify([lines, await bus.health()])).not.toContain('a-wrong-one')
})

it('keeps passwords in files of this user alone, and out of the log', async () => {
  const password = new URL(await urlOf('orders')).password
  expect(password.length).toBeGreaterThanOrEqual(24)
  for (const file of ['broker-passwords.json', 'nats/nats.conf']) {
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, file), 'utf8')).toContain(password)
  }
  expect(await readFile(join(folder, 'nats', 'nats.log'), 'utf8')).not.toContain(password)
})
