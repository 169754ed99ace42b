import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream'
import { connect, PermissionViolationError, type NatsConnection, type Status } from '@nats-io/transport-node'
import type { Logger } from '@observability/telemetry'
import { BrokerUnavailableError, type BrokerForbiddenError } from '../errors.ts'
import { forbiddenIn } from './api-errors.ts'
import { brokerTimeoutMs, natsOptions, reconnectDelayMs, userIn } from './nats-options.ts'

const hearingNeeds = ['_INBOX.', '$JS.API.CONSUMER.MSG.NEXT.', '$JS.ACK.']
// Acknowledgements name the message, so that each would be another subject.
const mostForbidden = 20

/** One connection to the broker with what is built on it. */
export interface Session {
  readonly connection: NatsConnection
  readonly jetstream: JetStreamClient
  readonly admin: JetStreamManager
  /** Whom the broker takes us for, to say in errors; `undefined` where it asks nobody. */
  readonly user: string | undefined
}

export interface LinkOptions {
  readonly url: string
  readonly name: string
  readonly logger: Logger
}

/**
 * Keeps a connection to the broker, from before it is there until `close`: it is dialled for ever, and one that the
 * client gives up is replaced. Whoever needs it asks `ready`, which waits a little or fails.
 */
export class NatsLink {
  readonly #options: LinkOptions
  readonly #stopping = new AbortController()
  readonly #changes = new EventTarget()
  readonly #running: Promise<void>
  readonly #user: string | undefined
  readonly #forbidden = new Map<string, string>()
  #session: Session | undefined
  #isUp = false
  #problem = 'not connected yet'

  constructor(options: LinkOptions) {
    this.#options = options
    this.#user = userIn(options.url)
    this.#running = this.#run()
  }

  /** The session while it is connected. */
  get session(): Session | undefined {
    return this.#isUp ? this.#session : undefined
  }

  /** Why there is no connection, in words for an operator. */
  get problem(): string {
    return this.#problem
  }

  /** What the broker's permissions keep this connection from hearing, in words for an operator. */
  get forbidden(): readonly string[] {
    return [...this.#forbidden.values()]
  }

  /** Gives the session as soon as it is connected. Throws `BrokerUnavailableError` when that takes too long. */
  async ready(deed: string, timeoutMs = brokerTimeoutMs): Promise<Session> {
    return this.session ?? this.whenUp(AbortSignal.timeout(timeoutMs), deed)
  }

  /** Gives the session as soon as it is connected. Throws `BrokerUnavailableError` when the signal aborts or the link closes. */
  async whenUp(signal: AbortSignal, deed: string): Promise<Session> {
    const either = AbortSignal.any([signal, this.#stopping.signal])
    for (;;) {
      if (this.session !== undefined) return this.session
      if (either.aborted) throw new BrokerUnavailableError(`${deed} (${this.#problem})`)
      await once(this.#changes, 'up', { signal: either }).catch(() => undefined)
    }
  }

  /** Calls back each time the connection is made or made again. */
  onUp(callback: () => void): void {
    this.#changes.addEventListener('up', callback)
  }

  /** Sends what is on its way, then closes. */
  async close(): Promise<void> {
    this.#stopping.abort()
    const connection = this.#session?.connection
    if (connection !== undefined && !connection.isClosed()) {
      // Draining flushes, which never ends on a connection that is down.
      if (this.#isUp) await Promise.race([connection.drain(), pause(brokerTimeoutMs, undefined, { ref: false })]).catch(() => undefined)
      await connection.close()
    }
    await this.#running
  }

  async #run(): Promise<void> {
    const address = `${String(natsOptions(this.#options).servers)}${this.#user === undefined ? '' : ` as user ${this.#user}`}`
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#use(await connect(natsOptions(this.#options)))
      } catch (error) {
        this.#down(`no connection to ${address}: ${error instanceof Error ? error.message : String(error)}`)
      }
      await pause(reconnectDelayMs(), undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
    this.#down('closed')
  }

  async #use(connection: NatsConnection): Promise<void> {
    if (this.#stopping.signal.aborted) return connection.close()
    const admin = await jetstreamManager(connection, { checkAPI: false, timeout: 2 * brokerTimeoutMs })
    this.#session = { connection, admin, jetstream: jetstream(connection, { timeout: brokerTimeoutMs }), user: this.#user }
    this.#up(connection.getServer())
    for await (const status of connection.status()) this.#note(status)
    const reason = await connection.closed()
    if (reason instanceof Error) throw reason
  }

  #note(status: Status): void {
    const { logger } = this.#options
    if (status.type === 'disconnect') return this.#down(`connection to ${status.server} lost`)
    if (status.type === 'reconnect') return this.#up(status.server)
    if (status.type === 'error') {
      const forbidden = status.error instanceof PermissionViolationError ? forbiddenIn(status.error, this.#user) : undefined
      return forbidden === undefined
        ? logger.warn({ error_message: status.error.message }, 'the broker reports an error')
        : this.#forbid(forbidden)
    }
    if (status.type === 'ldm') return logger.info('the broker is about to stop')
    if (status.type === 'slowConsumer' || status.type === 'staleConnection')
      logger.warn({ status: status.type }, 'the connection to the broker lags')
  }

  // Who publishes and waits for an answer is told by an error; who waits for messages would wait for ever.
  #forbid({ message, subject, user }: BrokerForbiddenError): void {
    if (!hearingNeeds.some((beginning) => subject.startsWith(beginning))) return
    if (this.#forbidden.has(subject) || this.#forbidden.size >= mostForbidden) return
    this.#forbidden.set(subject, message)
    this.#options.logger.error({ subject, user }, message)
  }

  #up(server: string): void {
    this.#isUp = true
    this.#forbidden.clear()
    this.#problem = ''
    this.#options.logger.info({ server }, 'connected to the broker')
    this.#changes.dispatchEvent(new Event('up'))
  }

  // Said once for each new problem, not at each attempt.
  #down(problem: string): void {
    this.#isUp = false
    if (this.#problem === problem) return
    this.#problem = problem
    if (!this.#stopping.signal.aborted) this.#options.logger.warn({ problem }, 'no connection to the broker')
  }
}
