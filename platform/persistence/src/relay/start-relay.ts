import type { Bus } from '@ashlar/messaging'
import type { Logger, Telemetry } from '@observability/telemetry'
import type { Database } from '../database.ts'
import { PooledDatabase } from '../database/pooled-database.ts'
import { measureOutbox } from './measure-outbox.ts'
import { OutboxRelay } from './outbox-relay.ts'
import { readRelayHealth, type RelayHealth } from './relay-health.ts'

export interface RelayOptions {
  readonly database: Database
  /** The same database's address, for a connection of the relay's own. */
  readonly url: string
  readonly bus: Bus
  readonly service: string
  readonly logger: Logger
  /** Of the service whose outbox it is. */
  readonly telemetry: Telemetry
}

/** What carries messages from the outbox to the broker. */
export interface Relay extends AsyncDisposable {
  /** Looks for messages at once; commits through `openDatabase` do this by themselves. */
  wake(): void
  health(): Promise<RelayHealth>
  /** Stops sending, waits for what is on its way and writes down what was acknowledged. */
  close(): Promise<void>
}

/**
 * Starts to relay. Of all instances on one database one leads; when it dies another takes over within half a second.
 * Guarantees: every committed message is published at least once, those of one ordering key in the order they were
 * written; up to 64 keys at a time. A message that is refused holds back its own key only; while broker or database are
 * away everything waits, and goes on by itself. When the broker comes back with less than it had acknowledged, what is
 * missing is sent again. Published messages are kept for 7 days for that. It resolves at once, leading or not.
 */
export function startRelay(options: RelayOptions): Promise<Relay> {
  const { database, telemetry } = options
  const relay = new OutboxRelay(options)
  const stopListening = database instanceof PooledDatabase ? database.onOutboxWritten(() => relay.wake()) : () => undefined
  const measured = measureOutbox(telemetry.metrics, database)
  relay.start()
  const close = async (): Promise<void> => {
    stopListening()
    measured.close()
    await relay.close()
  }
  return Promise.resolve({
    wake: () => relay.wake(),
    health: () => readRelayHealth(database, relay.counts),
    close,
    [Symbol.asyncDispose]: close,
  })
}
