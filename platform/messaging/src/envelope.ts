/**
 * A structured CloudEvent 1.0 (https://github.com/cloudevents/spec), the payload of every message.
 * Consumers know a message by `source` and `id` together, never by transport ids.
 */
export interface Envelope<Data = unknown> {
  readonly specversion: '1.0'
  readonly id: string
  /** The service that sent it, as `/orders`. */
  readonly source: string
  /** Same as the subject: `orders.order-placed.v1`, `payments.charge.command.v1`, `replies.orders`. */
  readonly type: string
  /** Aggregate id of an event; saga id of a command and of its reply. */
  readonly subject: string
  /** RFC 3339, UTC. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: Data
  readonly traceparent: string
  readonly tracestate?: string
  readonly requestid: string
  /** Id of the message that caused this one. */
  readonly causationid?: string
  /** Events: position in the aggregate's history, from 1, no gaps. */
  readonly aggregateversion?: number
  /** Events: partition key. */
  readonly partitionkey?: string
  /**
   * Events: the type of the message this one was made of, one version later, for those who read no further. Both tell one
   * fact and have one id, so that whoever hears both takes it once.
   */
  readonly copyof?: string
  /** Commands and replies: the sender's key for the step; participants keep it on the row they made. */
  readonly stepkey?: string
  /** Commands: subject the answer is wanted on. */
  readonly replyto?: string
  /** Commands and replies: compact JWS naming the sender, bound to this message (see `@ashlar/security`). */
  readonly principal?: string
}
