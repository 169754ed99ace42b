import { runConsumer, type Bus, type Delivery } from '@ashlar/messaging'
import { createTelemetry, type Telemetry } from '@observability/telemetry'
import { expectTrace, readMetric, recordSpans, type RecordedSpans } from '@observability/telemetry/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSpanOf } from '../testing/in-span-of.ts'
import { Parcels, pendingIn, quietRelay } from '../testing/relay-ground.ts'
import { silent, testBus, testGround, until } from '../testing/test-ground.ts'
import type { Relay } from './start-relay.ts'

describe('a message that is relayed', () => {
  let bus: Bus
  let ground: Awaited<ReturnType<typeof testGround>>
  let parcels: Parcels
  let recorded: RecordedSpans
  let telemetry: Telemetry
  let relay: Relay
  beforeAll(async () => {
    bus = await testBus()
  })
  beforeEach(async () => {
    ground = await testGround('traced_relay')
    parcels = new Parcels()
    await parcels.listen(bus)
    recorded = recordSpans()
    telemetry = createTelemetry('parcels')
    relay = await quietRelay({ database: ground.database, url: ground.url, bus, telemetry })
  })
  afterEach(async () => {
    recorded.close()
    await relay.close()
    await ground[Symbol.asyncDispose]()
  })
  afterAll(() => bus.close())

  const spansOf = (name: string) => recorded.spans.filter((span) => span.name === name)
  const allSent = () =>
    until(
      () => pendingIn(ground.database),
      (pending) => pending === 0,
    )
  const read = (name: string, labels?: Record<string, string>) => readMetric(telemetry, name, labels)

  it('goes from the deed through the transaction and the broker to its reader in one trace, each a child of the one before', async () => {
    const { stream, contract } = parcels
    const subject = contract.events.parcelMoved.type
    const deliveries: Delivery[] = []
    const subscription = await runConsumer({
      bus,
      service: 'readers',
      name: `r-${contract.name}`,
      stream,
      subjects: [subject],
      logger: silent,
      telemetry: createTelemetry('readers'),
      handle: async (_, delivery) => (deliveries.push(delivery), { kind: 'done' }),
    })
    const traceId = await inSpanOf('parcels', 'move', () => parcels.move(ground.database, 'one', 'dock'))
    await until(
      () => spansOf(`process ${subject}`),
      (spans) => spans.length === 1,
    )
    await allSent()
    await subscription.close()
    const [row] = await ground.database.query<{ payload: string; headers: Record<string, string>; stream_sequence: number }>(
      'select payload, headers, stream_sequence from platform.outbox',
    )
    expectTrace(recorded.trace(traceId))
      .hasNoOrphans()
      .hasNoErrors()
      .is({
        name: 'move',
        children: [
          {
            name: 'transaction',
            service: 'parcels',
            children: [
              {
                name: `publish ${subject}`,
                service: 'parcels',
                kind: 'producer',
                links: [],
                attributes: {
                  'messaging.system': 'nats',
                  'messaging.destination.name': subject,
                  'messaging.message.id': row?.headers['ce-id'],
                  'messaging.nats.stream': stream.name,
                  'messaging.nats.sequence': row?.stream_sequence,
                },
                children: [{ name: `process ${subject}`, service: 'readers', kind: 'consumer', links: [`publish ${subject}`] }],
              },
            ],
          },
        ],
      })
    // what was signed and stored is what arrives; only the header says who handed it over
    expect(deliveries[0]?.payload).toBe(row?.payload)
    const [producer] = spansOf(`publish ${subject}`)
    expect(deliveries[0]?.headers['traceparent']).toBe(`00-${traceId}-${producer?.spanId}-01`)
    const [transaction] = spansOf('transaction')
    expect(JSON.parse(row?.payload ?? '')).toMatchObject({ traceparent: `00-${traceId}-${transaction?.spanId}-01` })
  })

  it('is counted once the broker has it, with how long it was due', async () => {
    const subject = parcels.contract.events.parcelMoved.type
    await parcels.move(ground.database, 'one', 'dock', 'ship')
    await allSent()
    expect(await read('messaging_client_sent_messages_total', { messaging_destination_name: subject })).toBe(2)
    expect(await read('outbox_relay_lag_seconds_count')).toBe(2)
    expect(await read('outbox_relay_lag_seconds_sum')).toBeGreaterThan(0)
    expect(await read('outbox_unpublished_messages')).toBe(0)
    expect(await read('outbox_oldest_unpublished_age_seconds')).toBe(0)
  })

  it('tells how long it was due, not how long its transaction or its date let it wait', async () => {
    await parcels.send(ground.database, { subject: parcels.contract.events.parcelMoved.type, orderingKey: 'a' })
    await ground.database.query(
      `insert into platform.outbox (ordering_key, message_id, subject, headers, payload, created_at, available_at)
       select ordering_key, 'old', subject, headers, payload, now() - interval '1 hour', now() - interval '50 seconds' from platform.outbox`,
    )
    relay.wake()
    await until(
      () => read('outbox_relay_lag_seconds_count'),
      (count) => count === 2,
    )
    expect(Math.round((await read('outbox_relay_lag_seconds_sum')) ?? 0)).toBe(50)
  })

  it('that the broker does not take fails by its class each time, and is seen to wait', async () => {
    await parcels.send(ground.database, { subject: 'nobody.takes.this', orderingKey: 'a' })
    await ground.database.query(
      `update platform.outbox set created_at = now() - interval '70 seconds', available_at = now() - interval '70 seconds'`,
    )
    await parcels.send(ground.database, {
      subject: 'nobody.takes.this',
      orderingKey: 'b',
      availableAt: new Date(Date.now() + 3_600_000),
    })
    await until(
      () => spansOf('publish nobody.takes.this'),
      (spans) => spans.length >= 2,
    )
    expect(new Set(spansOf('publish nobody.takes.this').map(({ error }) => error))).toEqual(new Set(['SubjectNotBoundError']))
    expect(await read('outbox_unpublished_messages')).toBe(2)
    const age = (await read('outbox_oldest_unpublished_age_seconds')) ?? 0
    expect(Math.floor(age / 10)).toBe(7)
    expect(await read('messaging_client_sent_messages_total')).toBeUndefined()
  })

  it('is not old before it is due', async () => {
    const availableAt = new Date(Date.now() + 3_600_000)
    await parcels.send(ground.database, { subject: 'nobody.takes.this', orderingKey: 'a', availableAt })
    expect(await read('outbox_unpublished_messages')).toBe(1)
    expect(await read('outbox_oldest_unpublished_age_seconds')).toBe(0)
  })

  it('is not looked for any more once the relay is closed', async () => {
    expect(await read('outbox_unpublished_messages')).toBe(0)
    await relay.close()
    expect(await read('outbox_unpublished_messages')).toBeUndefined()
    expect(await read('telemetry_collect_failures_total')).toBeUndefined()
  })
})
