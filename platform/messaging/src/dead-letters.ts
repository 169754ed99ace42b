import { durableName } from '@ashlar/contract'
import type { OutgoingMessage, PublishReceipt } from './bus.ts'
import { readDeadLetter, type DeadLetter } from './dead-letter.ts'
import { newId } from './new-id.ts'
import { ownHeaders } from './own-headers.ts'
import { deadLetterStream } from './streams.ts'
import { deadLetterSubject, replaySubject } from './subjects.ts'

/** No dead letter has this id: it was retried already, or never was. */
export class DeadLetterNotFoundError extends Error {
  override readonly name = 'DeadLetterNotFoundError'
  constructor(id: string) {
    super(`there is no dead letter ${id}`)
  }
}

/** What lies there can be sent to nobody: it does not say whom it failed. */
export class DeadLetterUnreadableError extends Error {
  override readonly name = 'DeadLetterUnreadableError'
  constructor({ id, problem }: UnreadableLetter) {
    super(`${id} cannot be sent again: ${problem}`)
  }
}

/** A message where a dead letter lies. */
export interface LyingMessage {
  readonly stream: string
  readonly sequence: number
  readonly subject: string
  readonly payload: string
}

/** A message among the dead letters that is none, or of a form this version does not know. Its id is its place: `DEAD_LETTERS_orders/17`. */
export interface UnreadableLetter extends LyingMessage {
  readonly id: string
  /** Why it cannot be read; nothing of what it holds. */
  readonly problem: string
}

/** Which letters something is done with, all in one pass over where they lie. */
export interface Sweep {
  /** Of one service, or of all. */
  readonly service?: string
  readonly isMeant: (letter: DeadLetter) => boolean
  /** Called when a letter's turn is over. */
  readonly onDone?: (letter: DeadLetter) => void
}

/** The dead letters of all services, to look at, to try again and, where nothing else helps, to drop. */
export interface DeadLetters {
  /** Gives those that can be read, oldest first within each service; of one service or of all. */
  list(options?: { readonly service?: string }): Promise<readonly DeadLetter[]>
  /** Gives those that cannot. */
  unreadable(options?: { readonly service?: string }): Promise<readonly UnreadableLetter[]>
  /**
   * Sends the message once more, to the consumer that failed and to no other, then removes the letter. A crash in
   * between leaves both; the consumer's inbox knows the message by source and id. Throws `DeadLetterNotFoundError`,
   * `DeadLetterUnreadableError`.
   */
  retry(id: string): Promise<DeadLetter>
  /** Retries letters one after the other, those of one stream in the order they failed in. What cannot be sent ends it. */
  retryAll(sweep: Sweep): Promise<void>
  /** Gives a letter as it lies there, readable or not. Throws `DeadLetterNotFoundError`. */
  read(id: string): Promise<LyingMessage>
  /** Removes a letter for good, readable or not. Whoever does so answers for what it would have done. Throws `DeadLetterNotFoundError`. */
  drop(id: string): Promise<void>
  /** Removes letters for good, many at once. A failure ends it; what was done is done. */
  dropAll(sweep: Sweep): Promise<void>
  close(): Promise<void>
}

/** Where dead letters lie. */
export interface DeadLetterStore {
  streams(): Promise<readonly string[]>
  messages(stream: string): Promise<readonly Omit<LyingMessage, 'stream'>[]>
  remove(stream: string, sequence: number): Promise<void>
  publish(message: OutgoingMessage): Promise<PublishReceipt>
  close(): Promise<void>
}

const removedAtOnce = 64

interface ReadLetter extends LyingMessage {
  readonly id: string
  readonly letter: DeadLetter
}

/** Opens the dead letters of a store. */
export function deadLettersIn(store: DeadLetterStore): DeadLetters {
  async function lying({ service }: { readonly service?: string } = {}): Promise<(ReadLetter | UnreadableLetter)[]> {
    const isWanted = (stream: string) => (service === undefined ? isDeadLetterStream(stream) : stream === deadLetterStream(service).name)
    const found: (ReadLetter | UnreadableLetter)[] = []
    for (const stream of (await store.streams()).filter(isWanted).toSorted()) {
      for (const { sequence, subject, payload } of await store.messages(stream)) {
        const read = readLying({ subject, payload })
        const id = 'letter' in read ? read.letter.id : `${stream}/${sequence}`
        found.push({ id, stream, sequence, subject, payload, ...read })
      }
    }
    return found
  }

  async function find(id: string): Promise<ReadLetter | UnreadableLetter> {
    const found = (await lying()).find((one) => one.id === id)
    if (found === undefined) throw new DeadLetterNotFoundError(id)
    return found
  }

  async function meant({ service, isMeant }: Sweep): Promise<ReadLetter[]> {
    const found = await lying(service === undefined ? {} : { service })
    return found.flatMap((one) => ('letter' in one && isMeant(one.letter) ? [one] : []))
  }

  async function sendAgain({ letter, stream, sequence }: ReadLetter): Promise<void> {
    await store.publish(secondChance(letter))
    await store.remove(stream, sequence)
  }

  return {
    list: async (options) => (await lying(options)).flatMap((one) => ('letter' in one ? [one.letter] : [])),
    unreadable: async (options) => (await lying(options)).filter((one) => 'problem' in one),

    async retry(id) {
      const found = await find(id)
      if ('problem' in found) throw new DeadLetterUnreadableError(found)
      await sendAgain(found)
      return found.letter
    },

    async retryAll(sweep) {
      for (const one of await meant(sweep)) {
        await sendAgain(one)
        sweep.onDone?.(one.letter)
      }
    },

    async read(id) {
      const { stream, sequence, subject, payload } = await find(id)
      return { stream, sequence, subject, payload }
    },

    async drop(id) {
      const { stream, sequence } = await find(id)
      await store.remove(stream, sequence)
    },

    async dropAll(sweep) {
      const waiting = (await meant(sweep)).values()
      const work = async (): Promise<void> => {
        for (const { stream, sequence, letter } of waiting) {
          await store.remove(stream, sequence)
          sweep.onDone?.(letter)
        }
      }
      await Promise.all(Array.from({ length: removedAtOnce }, work))
    },

    close: () => store.close(),
  }
}

// Under a transport id of its own: the broker would take the old one for a repeat and swallow it.
function secondChance(letter: DeadLetter): OutgoingMessage {
  const subject = replaySubject(letter.stream, durableName(letter.service, letter.consumer))
  return { transportId: newId(), subject, headers: ownHeaders(letter.headers), payload: letter.payload }
}

// Permissions keep services from each other's subjects, but one can have the broker put a message of its own into any
// stream (as the answer to a pull). It keeps the subject it was sent on, and that tells.
function readLying({ subject, payload }: Pick<LyingMessage, 'subject' | 'payload'>): ReturnType<typeof readDeadLetter> {
  const read = readDeadLetter(payload)
  if ('problem' in read || subject === deadLetterSubject(read.letter.service, read.letter.consumer)) return read
  return { problem: `it lies under ${subject}, where letters of ${read.letter.service} do not` }
}

function isDeadLetterStream(name: string): boolean {
  return name.startsWith(deadLetterStream('').name)
}
