export {
  Settled,
  settled,
  type EffectContext,
  type Emit,
  type OperationHandler,
  type Reaction,
  type ReactionOptions,
  type ReactionOrder,
  type Result,
  type StagedParts,
  type TransactionContext,
} from './handlers.ts'
export { local } from './local.ts'
export { service, type ServiceDefinition } from './service.ts'
export { staged } from './staged.ts'
export { streamed } from './streamed.ts'
export { ConfigInvalidError, platformConfig, processVariables, readConfig, type PlatformConfig } from './config.ts'
export { byId, pageOf, type Keyset, type Page, type PlaceIn } from './page-of.ts'
export { startPlatform, type Platform } from './platform.ts'
export { stoppable, type Server } from './stoppable.ts'
export { Health, type DependencyHealth } from './health.ts'
export { answerMetrics } from './answer-metrics.ts'
export { openHttpDoor, PortTakenError, type HttpDoor } from './http-door.ts'
export { problemOf, type Problem, type ProblemParts } from './problem.ts'
export { wakeReaders, type Database, type Queryable, type Transaction } from '@ashlar/persistence'
export { newId } from '@ashlar/messaging'
export type { Client } from '@ashlar/rpc'
export type { StagedReactionParts } from './handlers.ts'
