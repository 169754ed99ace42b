import type { StreamSpec } from '@ashlar/contract'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@observability/telemetry'
import type { StreamState } from '../bus.ts'
import { BrokerDriftError, BrokerForbiddenError, StreamMissingError } from '../errors.ts'
import { matchesSubject } from '../match-subject.ts'
import { retryDelayMs } from '../retry-delay.ts'
import { apiCodes, asOutage, hasCode } from './api-errors.ts'
import type { NatsLink, Session } from './nats-link.ts'
import { provisionStream } from './provision-stream.ts'

const attemptsToRestore = 4
const looking = { baseMs: 200, capMs: 5_000 }

/** `settled`: made, or never to be made; `missing`: somebody else has to make it. */
type Outcome = 'settled' | 'missing' | 'failed'

/** The streams this process has asked for, kept so that they can be made again when the broker comes back without them. */
export class KnownStreams {
  readonly #link: NatsLink
  readonly #replicas: number
  readonly #logger: Logger
  readonly #specs = new Map<string, StreamSpec>()
  readonly #problems = new Map<string, string>()
  readonly #lookedFor = new Set<string>()

  constructor(link: NatsLink, { replicas, logger }: { replicas: number; logger: Logger }) {
    this.#link = link
    this.#replicas = replicas
    this.#logger = logger
  }

  /** What is wrong with streams that could not be made, in words for an operator. */
  get problems(): readonly string[] {
    return [...this.#problems.values()]
  }

  /** Makes or widens a stream; while the broker is away the wish is only kept, and carried out once it is back. */
  async ensure(spec: StreamSpec): Promise<void> {
    this.#specs.set(spec.name, spec)
    const session = this.#link.session
    if (session !== undefined) await this.#provision(session, spec)
  }

  /** Makes sure that a stream is there before it is consumed, if it is one of ours. */
  async restore(session: Session, name: string): Promise<void> {
    const spec = this.#specs.get(name)
    if (spec !== undefined) await this.#provision(session, spec)
  }

  /** Makes the stream of a subject again, if it is one of ours; tells whether it was. */
  async restoreFor(session: Session, subject: string): Promise<boolean> {
    const spec = [...this.#specs.values()].find(({ subjects }) => subjects.some((pattern) => matchesSubject(pattern, subject)))
    if (spec !== undefined) await this.#provision(session, spec)
    return spec !== undefined
  }

  /**
   * Makes all of them again while the connection holds. One that cannot be made is logged, named by `problems`, and left to
   * its consumers; one that somebody else has to make is looked for until it is there.
   */
  async restoreAll(): Promise<void> {
    for (const spec of this.#specs.values()) {
      const outcome = await this.#attempts(spec, attemptsToRestore)
      if (outcome === 'missing') void this.#lookFor(spec)
    }
  }

  /** Gives what the broker holds in a stream; `undefined` when there is none of that name. */
  async state(name: string): Promise<StreamState | undefined> {
    const { admin, user } = await this.#link.ready(`reading the state of ${name}`)
    try {
      const { created, state } = await admin.streams.info(name)
      return { created, lastSequence: state.last_seq }
    } catch (error) {
      if (hasCode(error, apiCodes.streamNotFound)) return undefined
      throw asOutage(error, `reading the state of ${name}`, user)
    }
  }

  async #attempts(spec: StreamSpec, most: number): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      const { session } = this.#link
      const outcome = session === undefined ? 'settled' : await this.#tried(session, spec)
      if (outcome === 'settled' || attempt >= most) return outcome
      await pause(retryDelayMs(attempt, looking), undefined, { ref: false })
    }
  }

  // Not waited for: whoever is told of the connection has other streams to go on with.
  async #lookFor(spec: StreamSpec): Promise<void> {
    if (this.#lookedFor.has(spec.name)) return
    this.#lookedFor.add(spec.name)
    await this.#attempts(spec, Infinity)
    this.#lookedFor.delete(spec.name)
  }

  async #tried(session: Session, spec: StreamSpec): Promise<Outcome> {
    try {
      await this.#provision(session, spec)
      return 'settled'
    } catch (error) {
      this.#logger.error({ err: error, stream: spec.name }, 'a stream could not be made')
      if (error instanceof StreamMissingError) return 'missing'
      return error instanceof BrokerDriftError || error instanceof BrokerForbiddenError ? 'settled' : 'failed'
    }
  }

  async #provision(session: Session, spec: StreamSpec): Promise<void> {
    try {
      await provisionStream(session, { spec, replicas: this.#replicas })
      this.#problems.delete(spec.name)
    } catch (error) {
      this.#problems.set(spec.name, error instanceof Error ? error.message : String(error))
      throw error
    }
  }
}
