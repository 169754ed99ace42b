import type { StreamSpec } from '@ashlar/contract'
import type { OutgoingMessage, PublishReceipt, StreamState } from '../bus.ts'
import { MessageTooLargeError, StreamFullError } from '../errors.ts'
import { matchesSubject } from '../match-subject.ts'
import { widenedStream } from '../widen-stream.ts'

/** A message as a stream keeps it. */
export interface StoredMessage {
  readonly sequence: number
  readonly subject: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
}

const dedupeWindowMs = 120_000

/** A stream in memory, with the limits of its spec except age. */
export class MemoryStream {
  spec: StreamSpec
  readonly messages = new Map<number, StoredMessage>()
  readonly #created = new Date().toISOString()
  readonly #receipts = new Map<string, { sequence: number; at: number }>()
  #lastSequence = 0
  #bytes = 0

  constructor(spec: StreamSpec) {
    this.spec = spec
  }

  widen(wanted: StreamSpec): void {
    this.spec = widenedStream(this.spec, wanted) ?? this.spec
  }

  takes(subject: string): boolean {
    return this.spec.subjects.some((pattern) => matchesSubject(pattern, subject))
  }

  state(): StreamState {
    return { created: this.#created, lastSequence: this.#lastSequence }
  }

  append({ transportId, subject, headers, payload }: OutgoingMessage): PublishReceipt {
    const earlier = this.#receipts.get(transportId)
    if (earlier !== undefined && Date.now() - earlier.at < dedupeWindowMs)
      return { stream: this.spec.name, sequence: earlier.sequence, duplicate: true }
    this.#makeRoom(subject, Buffer.byteLength(payload))
    this.#lastSequence += 1
    const sequence = this.#lastSequence
    this.messages.set(sequence, { sequence, subject, headers: { ...headers }, payload })
    this.#bytes += Buffer.byteLength(payload)
    this.#remember(transportId, sequence)
    return { stream: this.spec.name, sequence, duplicate: false }
  }

  remove(sequence: number): void {
    const message = this.messages.get(sequence)
    if (message === undefined) return
    this.messages.delete(sequence)
    this.#bytes -= Buffer.byteLength(message.payload)
  }

  #makeRoom(subject: string, bytes: number): void {
    const { maxMessageBytes, maxMessages, maxBytes, onFull } = this.spec
    if (exceeds(bytes, maxMessageBytes)) throw new MessageTooLargeError(subject)
    while (exceeds(this.messages.size + 1, maxMessages) || exceeds(this.#bytes + bytes, maxBytes)) {
      const [oldest] = this.messages.keys()
      if (onFull === 'refuse' || oldest === undefined) throw new StreamFullError(subject)
      this.remove(oldest)
    }
  }

  #remember(transportId: string, sequence: number): void {
    const now = Date.now()
    for (const [id, { at }] of this.#receipts) {
      if (now - at < dedupeWindowMs) break
      this.#receipts.delete(id)
    }
    // Deleted first, so that the oldest receipt is always the first of the map.
    this.#receipts.delete(transportId)
    this.#receipts.set(transportId, { sequence, at: now })
  }
}

function exceeds(value: number, limit: number): boolean {
  return limit > 0 && value > limit
}
