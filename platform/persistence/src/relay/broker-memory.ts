import type { Bus, StreamState } from '@ashlar/messaging'
import type { Logger } from '@observability/telemetry'
import { relayLimits } from './relay-limits.ts'
import type { RelaySession } from './relay-session.ts'
import { reopen, type Lost } from './reopen.ts'

interface Known {
  readonly stream: string
  readonly created: string | null
  readonly lastSequence: number
}

interface Acknowledged {
  readonly subject: string
  readonly stream: string
  readonly sequence: number
  readonly duplicate: boolean
  /** What `lastSequenceFor` said before the message left. */
  readonly lastBefore: number
}

/**
 * What the outbox remembers of the broker's streams, to notice one that came back with less than it had acknowledged
 * (a lost disk, writes that were never synced) and to open again what is missing.
 */
export class BrokerMemory {
  readonly #lastSequences = new Map<string, number>()
  /** The same, as it was at the last comparison. */
  readonly #compared = new Map<string, number>()
  readonly #streamOf = new Map<string, string>()
  readonly #missing = new Set<string>()
  readonly #wentBackTo = new Map<string, number>()
  /** Set when the streams must be compared before anything else is sent. */
  isComparisonDue = true

  /** The last sequence known for a subject's stream; 0 for one that has not been used yet. */
  lastSequenceFor(subject: string): number {
    return this.#lastSequences.get(this.#streamOf.get(subject) ?? '') ?? 0
  }

  noteAcknowledged({ subject, stream, sequence, duplicate, lastBefore }: Acknowledged): void {
    const last = this.#lastSequences.get(stream)
    // A sequence that was given out before this message left: the stream has gone back.
    const isStale = !duplicate && sequence <= Math.max(lastBefore, this.#compared.get(stream) ?? 0)
    if (isStale) this.#wentBackTo.set(stream, Math.min(sequence, this.#wentBackTo.get(stream) ?? sequence))
    this.#streamOf.set(subject, stream)
    this.#lastSequences.set(stream, Math.max(last ?? 0, sequence))
    // A stream that is new here, or was not there at the last comparison: its creation time is to be learnt.
    if (isStale || last === undefined || this.#missing.has(stream)) this.isComparisonDue = true
  }

  /**
   * Compares every stream with what it had acknowledged and opens the missing range again. Nothing may be on its way
   * meanwhile. Throws `BrokerUnavailableError` when the broker cannot be asked; a crash half-way is made good by the next.
   */
  async compare(session: RelaySession, { bus, logger }: { bus: Bus; logger: Logger }): Promise<void> {
    // Cleared first: a broker that comes back once more meanwhile is compared once more.
    this.isComparisonDue = false
    try {
      await this.#compareAll(session, { bus, logger })
    } catch (error) {
      this.isComparisonDue = true
      throw error
    }
  }

  async #compareAll(session: RelaySession, { bus, logger }: { bus: Bus; logger: Logger }): Promise<void> {
    const known = await session.query<Known>('select stream, created, last_sequence as "lastSequence" from platform.outbox_streams')
    for (const stream of known) {
      const state = await bus.streamState(stream.stream)
      if (state === undefined) {
        this.#missing.add(stream.stream)
        continue
      }
      const lost = this.#lostFrom(stream, state)
      if (lost !== undefined) {
        const messages = await reopen(session, stream.stream, lost)
        logger.warn({ stream: stream.stream, lost, messages }, 'the broker lost what it had acknowledged; it is sent again')
      }
      await this.#remember(session, stream, { state, isReset: lost !== undefined })
    }
  }

  #lostFrom({ stream, created, lastSequence }: Known, state: StreamState): Lost | undefined {
    if (created !== null && created !== state.created) return { kind: 'everything' }
    const wentBackTo = this.#wentBackTo.get(stream)
    if (wentBackTo !== undefined) return { kind: 'recent', sequence: wentBackTo }
    // A relay that died in between may have sent this many since, in the place of lost ones.
    return state.lastSequence < lastSequence ? { kind: 'above', sequence: state.lastSequence - relayLimits.onTheWay } : undefined
  }

  async #remember(
    session: RelaySession,
    { stream, created, lastSequence }: Known,
    { state, isReset }: { state: StreamState; isReset: boolean },
  ): Promise<void> {
    const last = isReset ? state.lastSequence : Math.max(lastSequence, state.lastSequence)
    if (isReset || created !== state.created) {
      await session.query('update platform.outbox_streams set created = $2, last_sequence = $3 where stream = $1', [
        stream,
        state.created,
        last,
      ])
    }
    this.#lastSequences.set(stream, isReset ? last : lastSequence)
    this.#compared.set(stream, isReset ? last : lastSequence)
    this.#missing.delete(stream)
    this.#wentBackTo.delete(stream)
  }
}
