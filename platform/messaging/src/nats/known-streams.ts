import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@observability/telemetry'
import type { StreamSpec, StreamState } from '../bus.ts'
import { BrokerDriftError } from '../errors.ts'
import { matchesSubject } from '../match-subject.ts'
import { retryDelayMs } from '../retry-delay.ts'
import { apiCodes, asOutage, hasCode } from './api-errors.ts'
import type { NatsLink, Session } from './nats-link.ts'
import { provisionStream } from './provision-stream.ts'

const attemptsToRestore = 4

/** The streams this process has asked for, kept so that they can be made again when the broker comes back without them. */
export class KnownStreams {
  readonly #link: NatsLink
  readonly #replicas: number
  readonly #logger: Logger
  readonly #specs = new Map<string, StreamSpec>()
  readonly #problems = new Map<string, string>()

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

  /** Makes all of them again while the connection holds. One that cannot be made is logged, named by `problems`, and left to its consumers. */
  async restoreAll(): Promise<void> {
    for (const spec of this.#specs.values()) {
      for (let attempt = 1; attempt <= attemptsToRestore; attempt += 1) {
        const { session } = this.#link
        if (session === undefined || (await this.#tried(session, spec))) break
        await pause(retryDelayMs(attempt), undefined, { ref: false })
      }
    }
  }

  /** Gives what the broker holds in a stream; `undefined` when there is none of that name. */
  async state(name: string): Promise<StreamState | undefined> {
    const { admin } = await this.#link.ready(`reading the state of ${name}`)
    try {
      const { created, state } = await admin.streams.info(name)
      return { created, lastSequence: state.last_seq }
    } catch (error) {
      if (hasCode(error, apiCodes.streamNotFound)) return undefined
      throw asOutage(error, `reading the state of ${name}`)
    }
  }

  async #tried(session: Session, spec: StreamSpec): Promise<boolean> {
    try {
      await this.#provision(session, spec)
      return true
    } catch (error) {
      this.#logger.error({ err: error, stream: spec.name }, 'a stream could not be made')
      return error instanceof BrokerDriftError
    }
  }

  async #provision(session: Session, spec: StreamSpec): Promise<void> {
    try {
      await provisionStream(session.admin, { spec, replicas: this.#replicas })
      this.#problems.delete(spec.name)
    } catch (error) {
      this.#problems.set(spec.name, error instanceof Error ? error.message : String(error))
      throw error
    }
  }
}
