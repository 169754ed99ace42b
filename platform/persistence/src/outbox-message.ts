/** A message to be sent once its transaction commits: written by `enqueue`, sent by the relay. */
export interface OutboxMessage {
  /** CloudEvents id. */
  readonly id: string
  readonly subject: string
  readonly headers: Readonly<Record<string, string>>
  /** The envelope as JSON text; never edited afterwards. */
  readonly payload: string
  /** Messages of one key are relayed one after the other, in the order they were written. */
  readonly orderingKey: string
}
