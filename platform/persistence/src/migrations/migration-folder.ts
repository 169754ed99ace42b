import { fileURLToPath } from 'node:url'

/** A set of migrations with a version of its own: numbered files such as `0001.do.create-orders.sql`. */
export interface MigrationFolder {
  /** Lower case words with hyphens; names the set's version table, so it must never change. */
  readonly name: string
  readonly path: string
}

/** One file that was applied just now. */
export interface AppliedMigration {
  readonly set: string
  readonly file: string
}

/** Gives the migrations of the platform's own tables: outbox, inbox, positions, idempotency. Pass it before a service's own. */
export function platformMigrations(): MigrationFolder {
  return { name: 'platform', path: fileURLToPath(new URL('../../migrations', import.meta.url)) }
}
