import { BrokerUnavailableError, type Bus } from '@ashlar/messaging'
import type { Logger, Telemetry } from '@observability/telemetry'
import { BrokerMemory } from './broker-memory.ts'
import { cleanUp } from './clean-up.ts'
import { readDue, writeSettled } from './outbox-rows.ts'
import { Publishing } from './publishing.ts'
import { Pulse } from './pulse.ts'
import { RelaySession } from './relay-session.ts'

const polling = { soonestMs: 20, latestMs: 1_000, standByMs: 300 }
const cleaningEveryMs = 60_000

export interface OutboxRelayOptions {
  readonly url: string
  readonly bus: Bus
  readonly service: string
  readonly logger: Logger
  readonly telemetry: Telemetry
}

/** Takes the lead when it can, sends what is due while it has it, and starts again when its connection is lost. */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions
  readonly #pulse = new Pulse()
  readonly #closing = new Pulse()
  readonly #memory = new BrokerMemory()
  readonly #publishing: Publishing
  #isClosing = false
  #isWoken = false
  #cleanedAt = -Infinity
  #running: Promise<void> | undefined
  leads = false

  constructor(options: OutboxRelayOptions) {
    this.#options = options
    const { bus, logger, telemetry } = options
    this.#publishing = new Publishing({ bus, logger, telemetry, memory: this.#memory, onSettled: () => this.#pulse.wake() })
  }

  get counts(): { leads: boolean; published: number; duplicates: number } {
    return { leads: this.leads, published: this.#publishing.published, duplicates: this.#publishing.duplicates }
  }

  start(): void {
    this.#options.bus.onConnected(() => {
      this.#memory.isComparisonDue = true
      this.#publishing.resume()
      this.#pulse.wake()
    })
    this.#running = this.#run()
  }

  wake(): void {
    this.#isWoken = true
    this.#pulse.wake()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#publishing.stop()
    this.#pulse.wake()
    this.#closing.wake()
    await this.#running
  }

  async #run(): Promise<void> {
    for (let losses = 0; !this.#isClosing;) {
      try {
        await this.#serve(() => (losses = 0))
      } catch (error) {
        losses = Math.min(losses + 1, 6)
        // Said once an outage, not at each attempt.
        if (losses === 1)
          this.#options.logger.warn({ err: error, led: this.leads }, 'the relay lost its database connection and connects again')
      }
      this.leads = false
      this.#publishing.forgetWaiting()
      if (!this.#isClosing) await this.#closing.wait(50 * 2 ** losses * (0.5 + Math.random() / 2))
    }
  }

  /** One connection's life: stand by, lead, until closed (returns) or lost (throws). */
  async #serve(onConnected: () => void): Promise<void> {
    const { url, service, logger } = this.#options
    await using session = await RelaySession.open({ url, name: `${service} relay`, onWake: () => this.wake() })
    onConnected()
    while (!this.#isClosing && !(await session.tryToLead())) await this.#standBy(session)
    if (this.#isClosing) return
    // What came back unsent after an earlier lead ended is read again, in its order.
    this.#publishing.forgetWaiting()
    this.leads = true
    this.#memory.isComparisonDue = true
    logger.info('this instance relays the outbox')
    await this.#lead(session)
  }

  /** What this process has written the leader hears of, at most once in 10 ms; the lead is asked for again in a while. */
  async #standBy(session: RelaySession): Promise<void> {
    const until = performance.now() + polling.standByMs * (0.75 + Math.random() / 2)
    for (let left = polling.standByMs; left > 0 && !this.#isClosing; left = until - performance.now()) {
      await this.#pulse.wait(left)
      if (!this.#isWoken || this.#isClosing) continue
      this.#isWoken = false
      await session.tellLeader()
      await this.#closing.wait(10)
    }
  }

  async #lead(session: RelaySession): Promise<void> {
    const publishing = this.#publishing
    let pollMs = polling.soonestMs
    while (!this.#isClosing || publishing.onTheWay > 0) {
      if (publishing.isHeld && publishing.onTheWay === 0 && publishing.pausedForMs === 0) await this.#compare(session)
      const found = await this.#turn(session)
      pollMs = found > 0 ? polling.soonestMs : Math.min(pollMs * 2, polling.latestMs)
      await this.#pulse.wait(publishing.pausedForMs || pollMs)
    }
    await this.#writeDown(session)
  }

  /** Writes down what was settled, reads what is due and sends what may go, in one round trip; gives how much was due. */
  async #turn(session: RelaySession): Promise<number> {
    const publishing = this.#publishing
    const room = publishing.isHeld || publishing.pausedForMs > 0 ? 0 : publishing.room
    // Both leave together and are answered in this order: what failed is seen as waiting when the next are read.
    const [, due] = await Promise.all([this.#writeDown(session), room > 0 ? readDue(session, publishing.busyKeys(), room) : []])
    publishing.add(due)
    publishing.start()
    await this.#clean(session)
    return due.length
  }

  async #writeDown(session: RelaySession): Promise<void> {
    const settled = this.#publishing.takeSettled()
    try {
      await writeSettled(session, settled)
    } catch (error) {
      this.#publishing.giveBack(settled)
      throw error
    }
  }

  /** Rows in hand are read again afterwards: one that is opened again may have to go before them. */
  async #compare(session: RelaySession): Promise<void> {
    this.#publishing.forgetWaiting()
    await this.#writeDown(session)
    try {
      await this.#memory.compare(session, this.#options)
    } catch (error) {
      if (!(error instanceof BrokerUnavailableError)) throw error
      this.#publishing.pause()
    }
  }

  async #clean(session: RelaySession): Promise<void> {
    if (performance.now() - this.#cleanedAt < cleaningEveryMs) return
    if (!(await cleanUp(session))) this.#cleanedAt = performance.now()
  }
}
