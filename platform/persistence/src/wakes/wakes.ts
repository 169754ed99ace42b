import { randomUUID } from 'node:crypto'
import type { Logger } from '@observability/telemetry'
import { Client } from 'pg'
import type { Database } from '../database.ts'
import { connectionOptions } from '../database/connection-options.ts'
import { PooledDatabase } from '../database/pooled-database.ts'
import { Pulse } from '../relay/pulse.ts'

/** A reader of one topic, woken by whoever writes to it. */
export interface Reader {
  /** Resolves at the next wake, or after `ms`; at once when a wake came since the last wait. One waiter at a time. */
  wait(ms: number): Promise<void>
  wake(): void
  close(): void
}

/** Wakes of one database: those of this process at once, those of others over a connection of its own. */
export interface Wakes extends AsyncDisposable {
  reader(topic: string): Reader
  close(): Promise<void>
}

interface WakesOptions {
  readonly database: Database
  /** The same database's address. */
  readonly url: string
  readonly name: string
  readonly logger: Logger
}

const channel = 'platform_wakes'
/** Wakes of so many milliseconds are told together. */
const gatheredMs = 10
/** A notification holds less than 8,000 bytes; more than these are told as one that is for everybody. */
const mostBytes = 7_000
const everybody = '*'

/**
 * Carries wakes between the processes on one database by LISTEN and NOTIFY, outside the transactions that cause them: PostgreSQL
 * lets only one transaction that notifies commit at a time. It connects with its first reader. While that connection is lost, readers
 * look after their own time only; once it is back all of them are woken.
 */
export function openWakes(options: WakesOptions): Wakes {
  return new DatabaseWakes(options)
}

class DatabaseWakes implements Wakes {
  readonly #options: WakesOptions
  readonly #readers = new Map<string, Set<Pulse>>()
  readonly #own = randomUUID()
  readonly #untold = new Set<string>()
  readonly #closing = new Pulse()
  readonly #stopHearing: () => void
  #isClosing = false
  #telling: NodeJS.Timeout | undefined
  #listening: Promise<void> | undefined
  #client: Client | undefined

  constructor(options: WakesOptions) {
    this.#options = options
    const { database } = options
    this.#stopHearing = database instanceof PooledDatabase ? database.onWake((topics) => this.#written(topics)) : () => undefined
  }

  reader(topic: string): Reader {
    const pulse = new Pulse()
    const others = this.#readers.get(topic) ?? new Set()
    this.#readers.set(topic, others.add(pulse))
    this.#listening ??= this.#listen()
    return {
      wait: (ms) => pulse.wait(ms),
      wake: () => pulse.wake(),
      close: () => {
        others.delete(pulse)
        if (others.size === 0 && this.#readers.get(topic) === others) this.#readers.delete(topic)
      },
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#stopHearing()
    clearTimeout(this.#telling)
    this.#closing.wake()
    await this.#client?.end().catch(() => undefined)
    await this.#listening
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #written(topics: ReadonlySet<string>): void {
    for (const topic of topics) {
      this.#wake(topic)
      this.#untold.add(topic)
    }
    this.#telling ??= setTimeout(() => void this.#tell(), gatheredMs)
  }

  #wake(topic: string): void {
    const woken = topic === everybody ? [...this.#readers.values()] : [this.#readers.get(topic) ?? []]
    for (const readers of woken) for (const reader of readers) reader.wake()
  }

  async #tell(): Promise<void> {
    this.#telling = undefined
    const topics = [...this.#untold]
    this.#untold.clear()
    const said = JSON.stringify([this.#own, ...topics])
    const payload = Buffer.byteLength(said) > mostBytes ? JSON.stringify([this.#own, everybody]) : said
    // a hint: readers look again by themselves
    await this.#options.database.query('select pg_notify($1, $2)', [channel, payload]).catch(() => undefined)
  }

  async #listen(): Promise<void> {
    for (let losses = 0; !this.#isClosing;) {
      try {
        await this.#hear(() => (losses = 0))
      } catch (err) {
        losses = Math.min(losses + 1, 6)
        // said once an outage, not at each attempt
        if (losses === 1 && !this.#isClosing)
          this.#options.logger.warn({ err }, 'the connection that hears of changes was lost and is made again')
      }
      if (!this.#isClosing) await this.#closing.wait(50 * 2 ** losses * (0.5 + Math.random() / 2))
    }
  }

  /** One connection's life. */
  async #hear(onConnected: () => void): Promise<void> {
    const { url, name } = this.#options
    const client = new Client(connectionOptions(url, `${name} wakes`))
    const ended = new Promise<void>((resolve) => client.once('end', resolve))
    client.on('error', () => undefined)
    client.on('notification', ({ payload = '[]' }) => this.#heard(payload))
    this.#client = client
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      onConnected()
      // whatever was said meanwhile, nobody heard
      this.#wake(everybody)
      await ended
    } finally {
      await client.end().catch(() => undefined)
    }
    if (!this.#isClosing) throw new Error('the connection ended')
  }

  #heard(payload: string): void {
    const [from, ...topics] = JSON.parse(payload) as string[]
    if (from !== this.#own) topics.forEach((topic) => this.#wake(topic))
  }
}
