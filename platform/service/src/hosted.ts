import type { Database, Wakes } from '@ashlar/persistence'
import type { Identity } from '@ashlar/security'
import type { Logger, Telemetry } from '@observability/telemetry'
import type { ClaimsInHand } from './claims-in-hand.ts'
import type { ServiceDefinition } from './service.ts'
import type { WorkInHand } from './work-in-hand.ts'

/** A service with what it runs on: its own database, its own key, its own logger and telemetry. */
export interface Hosted {
  readonly definition: ServiceDefinition
  readonly database: Database
  readonly identity: Identity
  readonly logger: Logger
  readonly telemetry: Telemetry
  readonly work: WorkInHand
  readonly claims: ClaimsInHand
  readonly wakes: Wakes
}
