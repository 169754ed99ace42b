export type { Database, DatabaseHealth, Queryable, Transaction } from './database.ts'
export type { OutboxMessage } from './outbox-message.ts'
