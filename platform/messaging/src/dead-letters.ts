import type { OutgoingMessage, PublishReceipt } from './bus.ts'
import { readDeadLetter, type DeadLetter } from './dead-letter.ts'
import { newId } from './new-id.ts'
import { ownHeaders } from './own-headers.ts'
import { deadLetterStream } from './streams.ts'
import { durableName, replaySubject } from './subjects.ts'

/** No dead letter has this id: it was retried already, or never was. */
export class DeadLetterNotFoundError extends Error {
  override readonly name = 'DeadLetterNotFoundError'
  constructor(id: string) {
    super(`there is no dead letter ${id}`)
  }
}

/** The dead letters of all services, to look at and to try again. */
export interface DeadLetters {
  /** Gives them oldest first within each service; of one service or of all. */
  list(options?: { readonly service?: string }): Promise<readonly DeadLetter[]>
  /**
   * Sends the message once more, to the consumer that failed and to no other, then removes the letter. A crash in
   * between leaves both; the consumer's inbox knows the message by source and id. Throws `DeadLetterNotFoundError`.
   */
  retry(id: string): Promise<DeadLetter>
  close(): Promise<void>
}

/** Where dead letters lie. */
export interface DeadLetterStore {
  streams(): Promise<readonly string[]>
  messages(stream: string): Promise<readonly { readonly sequence: number; readonly payload: string }[]>
  remove(stream: string, sequence: number): Promise<void>
  publish(message: OutgoingMessage): Promise<PublishReceipt>
  close(): Promise<void>
}

interface StoredLetter {
  readonly letter: DeadLetter
  readonly stream: string
  readonly sequence: number
}

/** Opens the dead letters of a store. */
export function deadLettersIn(store: DeadLetterStore): DeadLetters {
  async function stored(isWanted: (stream: string) => boolean): Promise<StoredLetter[]> {
    const found: StoredLetter[] = []
    for (const stream of (await store.streams()).filter(isWanted).toSorted()) {
      for (const { sequence, payload } of await store.messages(stream)) found.push({ stream, sequence, letter: readDeadLetter(payload) })
    }
    return found
  }

  return {
    async list({ service } = {}) {
      const found = await stored((stream) =>
        service === undefined ? isDeadLetterStream(stream) : stream === deadLetterStream(service).name,
      )
      return found.map(({ letter }) => letter)
    },

    async retry(id) {
      const found = (await stored(isDeadLetterStream)).find(({ letter }) => letter.id === id)
      if (found === undefined) throw new DeadLetterNotFoundError(id)
      await store.publish(secondChance(found.letter))
      await store.remove(found.stream, found.sequence)
      return found.letter
    },

    close: () => store.close(),
  }
}

// Under a transport id of its own: the broker would take the old one for a repeat and swallow it.
function secondChance(letter: DeadLetter): OutgoingMessage {
  const subject = replaySubject(letter.stream, durableName(letter.service, letter.consumer))
  return { transportId: newId(), subject, headers: ownHeaders(letter.headers), payload: letter.payload }
}

function isDeadLetterStream(name: string): boolean {
  return name.startsWith(deadLetterStream('').name)
}
