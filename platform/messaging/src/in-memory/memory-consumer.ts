import type { ConsumerSpec, Delivery, Disposition, Subscription } from '../bus.ts'
import { matchesSubject } from '../match-subject.ts'
import { retryDelayMs } from '../retry-delay.ts'
import type { MemoryStream, StoredMessage } from './memory-stream.ts'

interface Instance {
  readonly concurrency: number
  readonly handle: (delivery: Delivery) => Promise<Disposition>
  readonly inHand: Set<Promise<void>>
}

/** What the instances of one consumer share: how far it has come in the stream, and what is to be delivered again. */
export class MemoryConsumer {
  readonly #stream: MemoryStream
  #subjects: readonly string[] = []
  #cursor = 0
  #due: number[] = []
  readonly #attempts = new Map<number, number>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #instances: Instance[] = []

  constructor(stream: MemoryStream) {
    this.#stream = stream
  }

  join(spec: ConsumerSpec, handle: Instance['handle']): Subscription {
    this.#subjects = spec.subjects
    const instance: Instance = { concurrency: spec.concurrency, handle, inHand: new Set() }
    this.#instances.push(instance)
    this.deliver()
    return {
      close: async () => {
        this.#instances = this.#instances.filter((other) => other !== instance)
        await Promise.all(instance.inHand)
      },
    }
  }

  /** Hands out messages while there are any and somebody has a hand free, to each instance in turn. */
  deliver(): void {
    for (;;) {
      const instance = this.#instances.find(({ inHand, concurrency }) => inHand.size < concurrency)
      const message = instance === undefined ? undefined : this.#next()
      if (instance === undefined || message === undefined) return
      this.#instances = [...this.#instances.filter((other) => other !== instance), instance]
      const work = this.#run(instance, message).finally(() => {
        instance.inHand.delete(work)
        this.deliver()
      })
      instance.inHand.add(work)
    }
  }

  /** Forgets what was to be delivered again; for the end of the bus. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #next(): StoredMessage | undefined {
    for (let sequence = this.#due.shift(); sequence !== undefined; sequence = this.#due.shift()) {
      const message = this.#stream.messages.get(sequence)
      if (message !== undefined) return message
      this.#attempts.delete(sequence)
    }
    const { lastSequence } = this.#stream.state()
    while (this.#cursor < lastSequence) {
      this.#cursor += 1
      const message = this.#stream.messages.get(this.#cursor)
      if (message !== undefined && this.#subjects.some((pattern) => matchesSubject(pattern, message.subject))) return message
    }
    return undefined
  }

  async #run(instance: Instance, { sequence, subject, headers, payload }: StoredMessage): Promise<void> {
    const attempt = (this.#attempts.get(sequence) ?? 0) + 1
    this.#attempts.set(sequence, attempt)
    const again = (): Disposition => ({ kind: 'again', afterMs: retryDelayMs(attempt) })
    // Started on a later turn, as from a real broker: never inside the publisher's own call.
    const disposition = await Promise.resolve()
      .then(() => instance.handle({ subject, headers, payload, stream: this.#stream.spec.name, sequence, attempt }))
      .catch(again)
    if (disposition.kind === 'again') this.#again(sequence, disposition.afterMs)
    else this.#done(sequence)
  }

  #done(sequence: number): void {
    this.#attempts.delete(sequence)
    if (this.#stream.spec.retention === 'until-done') this.#stream.remove(sequence)
  }

  #again(sequence: number, afterMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#due.push(sequence)
      this.deliver()
    }, afterMs)
    this.#timers.add(timer)
  }
}
