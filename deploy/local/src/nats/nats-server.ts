import type { LocalServer } from '../server/local-server.ts'
import type { BrokerUser } from './nats-configuration.ts'

/** nats-server, running or ended. */
export interface NatsServer extends LocalServer {
  /**
   * Says anew who may connect, and what for; known users keep their passwords, and those for whom nothing changed stay connected.
   * Resolves once the broker that runs goes by it. Throws `ServerStartError` with the end of its log when it does not.
   */
  admit(users: readonly BrokerUser[]): Promise<void>
}
