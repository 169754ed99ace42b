export type { Database, DatabaseHealth, Queryable, Transaction } from './database.ts'
export { openDatabase, type DatabaseOptions } from './database/open-database.ts'
export {
  CommitUnknownError,
  DatabaseUnavailableError,
  TransactionAbortedError,
  TransactionEndedError,
} from './database/persistence-errors.ts'
export { claim, claimInTransaction, type Claimed, type ClaimRequest } from './idempotency/claim.ts'
export { ClaimLostError, recordAnswer, releaseClaim } from './idempotency/record-answer.ts'
export { renewClaims } from './idempotency/renew-claims.ts'
export { checkOrder, type OrderCheck, type OrderVerdict } from './inbox/check-order.ts'
export { receiveOnce, wasReceived, type ReceivedMessage } from './inbox/receive-once.ts'
export { assertMigrated } from './migrations/assert-migrated.ts'
export { migrate, type MigrateOptions } from './migrations/migrate.ts'
export { MigrationFailedError, NotMigratedError, SeedFailedError } from './migrations/migration-errors.ts'
export { platformMigrations, type AppliedMigration, type MigrationFolder } from './migrations/migration-folder.ts'
export { runSeed } from './migrations/run-seed.ts'
export { emitEvents, EventInvalidError, type EventToEmit } from './outbox/emit-events.ts'
export { enqueue, type EnqueueOptions } from './outbox/enqueue.ts'
export { sendCommand, type CommandOptions } from './outbox/send-command.ts'
export { sendReply, type ReplyOptions } from './outbox/send-reply.ts'
export type { OutboxMessage } from './outbox-message.ts'
export type { RelayHealth } from './relay/relay-health.ts'
export { startRelay, type Relay, type RelayOptions } from './relay/start-relay.ts'
export { wakeReaders } from './wakes/wake-readers.ts'
export { openWakes, type Reader, type Wakes } from './wakes/wakes.ts'
