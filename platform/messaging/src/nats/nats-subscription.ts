import { setTimeout as pause } from 'node:timers/promises'
import type { ConsumerMessages, ConsumerNotification } from '@nats-io/jetstream'
import type { Logger } from '@observability/telemetry'
import type { ConsumerSpec, Delivery, Disposition, Subscription } from '../bus.ts'
import { retryDelayMs } from '../retry-delay.ts'
import type { KnownStreams } from './known-streams.ts'
import type { NatsLink } from './nats-link.ts'
import { provisionConsumer } from './provision-consumer.ts'
import { settleMessage } from './settle-message.ts'

const reopening = { baseMs: 100, capMs: 5_000 }

export interface Consuming {
  readonly link: NatsLink
  readonly streams: KnownStreams
  readonly logger: Logger
  readonly spec: ConsumerSpec
  readonly handle: (delivery: Delivery) => Promise<Disposition>
}

/**
 * Consumes until it is closed: makes the stream and the consumer, hands out messages, and does both again whenever the
 * broker has lost one of them or the connection was replaced.
 */
export class NatsSubscription implements Subscription {
  readonly #given: Consuming
  readonly #logger: Logger
  readonly #stopping = new AbortController()
  readonly #inHand = new Set<Promise<void>>()
  #messages: ConsumerMessages | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(given: Consuming) {
    this.#given = given
    this.#logger = given.logger.child({ stream: given.spec.stream, consumer: given.spec.name })
  }

  /** Begins. Where the broker is there, throws what keeps the consumer from being made; where it is away, goes on trying. */
  async start(): Promise<void> {
    if (this.#given.link.session !== undefined) this.#messages = await this.#open()
    this.#running = this.#run()
  }

  /** Asks for no more, handles what was delivered already, and returns when the last handler is done. */
  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#messages?.close()
    await this.#running
    await Promise.all(this.#inHand)
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      try {
        this.#messages ??= await this.#open()
        failures = 0
        // Closing while the consumer was being made found nothing to close.
        if (this.#stopping.signal.aborted) void this.#messages.close()
        await this.#handOut(this.#messages)
      } catch (error) {
        failures += 1
        if (!this.#stopping.signal.aborted) this.#logger.warn({ err: error }, 'consuming was interrupted and begins anew')
      }
      this.#messages = undefined
      await pause(retryDelayMs(failures, reopening), undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
  }

  async #open(): Promise<ConsumerMessages> {
    const { link, streams, spec } = this.#given
    const session = await link.whenUp(this.#stopping.signal, `consuming ${spec.stream}`)
    await streams.restore(session, spec.stream)
    const consumer = session.jetstream.consumers.getConsumerFromInfo(await provisionConsumer(session, spec))
    const messages = await consumer.consume({
      max_messages: spec.concurrency,
      expires: 5_000,
      idle_heartbeat: 2_000,
      abort_on_missing_resource: true,
    })
    void this.#watch(messages)
    return messages
  }

  // The iterator asks for more only when it is asked for the next, so as long as all hands are full nothing is fetched.
  async #handOut(messages: ConsumerMessages): Promise<void> {
    const { handle, spec } = this.#given
    let isLate = this.#inHand.size >= spec.concurrency
    for await (const message of messages) {
      const work = settleMessage(message, { handle, ackWaitMs: spec.ackWaitMs, isLate, onOverdue: this.#overdue }).finally(() =>
        this.#inHand.delete(work),
      )
      this.#inHand.add(work)
      isLate = this.#inHand.size >= spec.concurrency
      if (isLate) await Promise.race(this.#inHand)
    }
  }

  async #watch(messages: ConsumerMessages): Promise<void> {
    for await (const notice of messages.status())
      if (isTelling(notice)) this.#logger.warn({ notice: notice.type }, 'the broker has news of a consumer')
  }

  readonly #overdue = ({ subject, sequence, attempt }: Delivery): void => {
    this.#logger.error({ subject, sequence, attempt }, 'a handler runs so long that its message will be delivered again')
  }
}

function isTelling({ type }: ConsumerNotification): boolean {
  return ['consumer_not_found', 'consumer_deleted', 'stream_not_found', 'heartbeats_missed', 'exceeded_limits', 'no_responders'].includes(
    type,
  )
}
