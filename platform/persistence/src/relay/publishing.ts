import { BrokerUnavailableError, type Bus } from '@ashlar/messaging'
import type { Logger, Telemetry } from '@observability/telemetry'
import type { BrokerMemory } from './broker-memory.ts'
import { Lanes } from './lanes.ts'
import type { OutboxRow, Settled } from './outbox-rows.ts'
import { inContextOf, publishRow } from './publish-row.ts'
import { relayLimits } from './relay-limits.ts'

export interface PublishingOptions {
  readonly bus: Bus
  readonly memory: BrokerMemory
  readonly logger: Logger
  readonly telemetry: Telemetry
  /** Called whenever a message has been settled. */
  readonly onSettled: () => void
}

/**
 * Sends rows to the broker: up to 64 at once, one of each key, the others of the key in their turn. A row that is refused
 * sets back its own key only; a broker that is away sets back everything, and counts against no row.
 */
export class Publishing {
  readonly #options: PublishingOptions
  readonly #lanes = new Lanes<OutboxRow>()
  #acknowledged: Settled['acknowledged'][number][] = []
  #failed: Settled['failed'][number][] = []
  #outages = 0
  #pausedUntil = 0
  #isStopped = false
  published = 0
  duplicates = 0

  constructor(options: PublishingOptions) {
    this.#options = options
  }

  /** How many more rows may be added. */
  get room(): number {
    return relayLimits.held - this.#lanes.size
  }

  get onTheWay(): number {
    return this.#lanes.onTheWay
  }

  busyKeys(): string[] {
    return this.#lanes.keys()
  }

  /** How long the broker is to be left alone. */
  get pausedForMs(): number {
    return Math.max(0, this.#pausedUntil - performance.now())
  }

  /** The broker is away: everything waits, twice as long each time, up to 5 s. */
  pause(): void {
    this.#pausedUntil = performance.now() + Math.min(5_000, 50 * 2 ** this.#outages) * (0.5 + Math.random() / 2)
    this.#outages = Math.min(this.#outages + 1, 10)
  }

  resume(): void {
    this.#outages = 0
    this.#pausedUntil = 0
  }

  /** Nothing new is sent: the streams must be compared first, or this is the end. */
  get isHeld(): boolean {
    return this.#isStopped || this.#options.memory.isComparisonDue
  }

  stop(): void {
    this.#isStopped = true
  }

  add(rows: readonly OutboxRow[]): void {
    this.#lanes.add(rows)
  }

  /** Rows not yet on their way are left to whoever leads. */
  forgetWaiting(): void {
    this.#lanes.forgetWaiting()
  }

  /** Sends what may go. After an outage one message goes ahead, and the rest once it has arrived. */
  start(): void {
    if (this.isHeld || this.pausedForMs > 0) return
    while (this.#lanes.onTheWay < (this.#outages > 0 ? 1 : relayLimits.onTheWay)) {
      const row = this.#lanes.next()
      if (row === undefined) return
      void this.#send(row).finally(() => this.#next())
    }
  }

  takeSettled(): Settled {
    const settled = { acknowledged: this.#acknowledged, failed: this.#failed }
    this.#acknowledged = []
    this.#failed = []
    return settled
  }

  /** It could not be written down: another time. */
  giveBack({ acknowledged, failed }: Settled): void {
    this.#acknowledged.unshift(...acknowledged)
    this.#failed.unshift(...failed)
  }

  #next(): void {
    this.start()
    this.#options.onSettled()
  }

  async #send(row: OutboxRow): Promise<void> {
    const { memory } = this.#options
    const lastBefore = memory.lastSequenceFor(row.subject)
    try {
      const { stream, sequence, duplicate } = await publishRow(row, this.#options)
      memory.noteAcknowledged({ subject: row.subject, stream, sequence, duplicate, lastBefore })
      this.#acknowledged.push({ row, stream, sequence })
      this.#lanes.arrived(row)
      this.resume()
      this.published += 1
      if (duplicate) this.duplicates += 1
    } catch (error) {
      await this.#failedToSend(row, error)
    }
  }

  async #failedToSend(row: OutboxRow, error: unknown): Promise<void> {
    const { bus, logger } = this.#options
    if (error instanceof BrokerUnavailableError && !(await bus.health().catch(() => ({ healthy: false }))).healthy) {
      // One pause for all that were on their way when the broker went.
      if (this.pausedForMs === 0) this.pause()
      this.#lanes.returned(row)
      return
    }
    const retryAfterMs = Math.min(30_000, 200 * 2 ** row.attempts) * (0.5 + Math.random() / 2)
    const line = { err: error, subject: row.subject, message_id: row.messageId, attempts: row.attempts + 1 }
    inContextOf(row, () => logger.warn(line, 'a message could not be relayed'))
    this.#failed.push({ row, retryAfterMs, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
    this.#lanes.dropped(row)
  }
}
