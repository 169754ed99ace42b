import type { Database } from '@ashlar/persistence'
import type { Identity } from '@ashlar/security'
import type { Logger } from '@observability/telemetry'
import type { ServiceDefinition } from './service.ts'
import type { WorkInHand } from './work-in-hand.ts'

/** A service with what it runs on: its own database, its own key, its own logger. */
export interface Hosted {
  readonly definition: ServiceDefinition
  readonly database: Database
  readonly identity: Identity
  readonly logger: Logger
  readonly work: WorkInHand
}
