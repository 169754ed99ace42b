import type { Bus, Subscription } from '../bus.ts'
import { deadLettersIn, type DeadLetters } from '../dead-letters.ts'
import { BrokerUnavailableError, SubjectNotBoundError } from '../errors.ts'
import { refuseReservedHeaders } from '../own-headers.ts'
import { MemoryConsumer } from './memory-consumer.ts'
import { MemoryStream } from './memory-stream.ts'

/** A bus whose broker is in this process. */
export interface InMemoryBus extends Bus {
  /** The dead letters that lie in this bus. */
  deadLetters(): DeadLetters
}

/**
 * Makes a bus that needs no broker, for pure tests: the same promises as JetStream for as long as the process lives.
 * It differs in that messages do not grow old, and that a handler that never ends keeps its message.
 */
export function inMemoryBus(): InMemoryBus {
  const streams = new Map<string, MemoryStream>()
  const consumers = new Map<string, MemoryConsumer>()
  const subscriptions = new Set<Subscription>()
  let isClosed = false

  const streamNamed = (name: string): MemoryStream => {
    const stream = streams.get(name)
    if (stream === undefined) throw new BrokerUnavailableError(`there is no stream ${name}`)
    return stream
  }

  const bus: InMemoryBus = {
    async ensureStream(spec) {
      const existing = streams.get(spec.name)
      if (existing === undefined) streams.set(spec.name, new MemoryStream(spec))
      else existing.widen(spec)
    },

    async streamState(name) {
      return streams.get(name)?.state()
    },

    async publish(message) {
      if (isClosed) throw new BrokerUnavailableError('the bus is closed')
      refuseReservedHeaders(message.headers)
      const stream = [...streams.values()].find((candidate) => candidate.takes(message.subject))
      if (stream === undefined) throw new SubjectNotBoundError(message.subject)
      const receipt = stream.append(message)
      for (const [key, consumer] of consumers) if (key.startsWith(`${receipt.stream} `)) consumer.deliver()
      return receipt
    },

    async consume(spec, handle) {
      const stream = streamNamed(spec.stream)
      const key = `${spec.stream} ${spec.name}`
      const consumer = consumers.get(key) ?? new MemoryConsumer(stream)
      consumers.set(key, consumer)
      const joined = consumer.join(spec, handle)
      const subscription: Subscription = {
        close: async () => {
          subscriptions.delete(subscription)
          await joined.close()
        },
      }
      subscriptions.add(subscription)
      return subscription
    },

    onConnected() {
      // It is connected from the start and never loses its broker.
    },

    async health() {
      return isClosed ? { healthy: false, latencyMs: 0, detail: 'closed' } : { healthy: true, latencyMs: 0 }
    },

    async close() {
      isClosed = true
      await Promise.all([...subscriptions].map((subscription) => subscription.close()))
      for (const consumer of consumers.values()) consumer.stop()
    },

    deadLetters() {
      return deadLettersIn({
        streams: async () => [...streams.keys()],
        messages: async (stream) => [...streamNamed(stream).messages.values()],
        remove: async (stream, sequence) => streamNamed(stream).remove(sequence),
        publish: (message) => bus.publish(message),
        close: async () => undefined,
      })
    },
  }
  return bus
}
