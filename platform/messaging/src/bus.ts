import type { StreamSpec } from '@ashlar/contract'

/** A message on its way to the broker. The relay sends `payload` as it is. */
export interface OutgoingMessage {
  /** `Nats-Msg-Id`: the broker drops a repeat of it within its window. A cost saver, never the guarantee. */
  readonly transportId: string
  readonly subject: string
  readonly headers: Readonly<Record<string, string>>
  /** A structured CloudEvent as JSON text. */
  readonly payload: string
}

/** Where an acknowledged message lies. */
export interface PublishReceipt {
  readonly stream: string
  readonly sequence: number
  readonly duplicate: boolean
}

/** What a stream holds, to notice a broker that came back with less than it acknowledged. */
export interface StreamState {
  readonly created: string
  readonly lastSequence: number
}

/** One delivery of a message to one consumer. */
export interface Delivery {
  readonly subject: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
  readonly stream: string
  readonly sequence: number
  /** Counts every delivery to this consumer, the first included. */
  readonly attempt: number
}

/** What becomes of a delivery: settled for good, or delivered again after a while. There is no instant redelivery. */
export type Disposition = { readonly kind: 'done' } | { readonly kind: 'again'; readonly afterMs: number }

export interface ConsumerSpec {
  readonly stream: string
  /** Durable name; instances that use the same name share the messages. */
  readonly name: string
  readonly subjects: readonly string[]
  /** How many handlers run at once, and how many messages are asked for ahead. */
  readonly concurrency: number
  /** How long one handler may run before its message is delivered elsewhere; kept alive by the adapter while it runs, up to a cap. */
  readonly ackWaitMs: number
}

/** A running consumer. `close` stops intake, waits for handlers in hand, then returns. */
export interface Subscription {
  close(): Promise<void>
}

export interface BusHealth {
  readonly healthy: boolean
  readonly latencyMs: number
  readonly detail?: string
}

/** The broker as the platform needs it: at-least-once delivery, no order promised. Adapters: JetStream and in-memory, one suite. */
export interface Bus {
  /** Creates a stream or widens it to its spec. Idempotent. */
  ensureStream(spec: StreamSpec): Promise<void>
  streamState(stream: string): Promise<StreamState | undefined>
  /** Resolves once the broker has acknowledged. Throws `SubjectNotBoundError` when no stream takes the subject, `BrokerUnavailableError` when no acknowledgement came. */
  publish(message: OutgoingMessage): Promise<PublishReceipt>
  /** Delivers each message to one instance of the consumer until it is `done`. A handler that throws is treated as `again`. */
  consume(spec: ConsumerSpec, handle: (delivery: Delivery) => Promise<Disposition>): Promise<Subscription>
  /** Calls back each time the connection to the broker is (re)established. */
  onConnected(callback: () => void): void
  health(): Promise<BusHealth>
  close(): Promise<void>
}
