import { defineContract, event, streamsOf, type StreamSpec, z } from '@ashlar/contract'
import { createTelemetry, type Telemetry } from '@observability/telemetry'
import type { Bus } from '../bus.ts'
import type { DeadLetter } from '../dead-letter.ts'
import { headersOf } from '../envelope-headers.ts'
import type { Envelope } from '../envelope.ts'
import { runConsumer, type ConsumerOptions, type RunningConsumer } from '../run-consumer.ts'
import { eventEnvelope } from '../write-envelope.ts'
import { recordingLogger, uniqueName, type BrokerUnderTest } from './broker-under-test.ts'

const bellRang = event({ version: 1, aggregate: 'bellId', key: 'bellId', data: z.object({ bellId: z.string() }) })
const quick = { baseMs: 20, capMs: 40 }

/** A tower whose bell rings, and a service that listens to it. */
export interface Stage {
  readonly bus: Bus
  readonly broker: BrokerUnderTest
  readonly stream: StreamSpec
  readonly subject: string
  readonly service: string
  readonly telemetry: Telemetry
  readonly lines: Record<string, unknown>[]
  /** Publishes that the bell rang; with these changes to the envelope, where a test wants some. */
  readonly ring: (bellId?: string, changes?: Partial<Envelope>) => Promise<Envelope>
  readonly run: (options: Pick<ConsumerOptions, 'handle'> & Partial<ConsumerOptions>) => Promise<RunningConsumer>
  readonly letters: () => Promise<readonly DeadLetter[]>
}

/** Sets a stage on a broker: everything on it has a name of its own. */
export async function setStage(start: () => Promise<BrokerUnderTest>): Promise<Stage> {
  const broker = await start()
  const bus = await broker.open()
  const tower = defineContract({ name: uniqueName(), version: 1, operations: {}, events: { bellRang } })
  // The broker sets the space aside for each stream, and a test run has many.
  const stream = { ...streamsOf(tower).events, maxBytes: 1_000_000 }
  const subject = tower.events.bellRang.type
  const service = uniqueName()
  const { logger, lines } = recordingLogger()
  const telemetry = createTelemetry(service)
  await bus.ensureStream(stream)
  return {
    bus,
    broker,
    stream,
    subject,
    service,
    telemetry,
    lines,
    async ring(bellId = 'bell-1', changes = {}) {
      const fresh = eventEnvelope({ service: 'tower', event: tower.events.bellRang, data: { bellId }, aggregateVersion: 1 })
      const envelope = { ...fresh, ...changes }
      await bus.publish({ transportId: envelope.id, subject, headers: headersOf(envelope), payload: JSON.stringify(envelope) })
      return envelope
    },
    run: (options) =>
      runConsumer({
        bus,
        service,
        name: 'listener',
        stream,
        subjects: [subject],
        retry: quick,
        maxAttempts: 3,
        logger,
        telemetry,
        ...options,
      }),
    async letters() {
      const opened = await broker.deadLetters()
      try {
        return await opened.list({ service })
      } finally {
        await opened.close()
      }
    },
  }
}
