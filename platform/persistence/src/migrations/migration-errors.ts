/** A migration could not be applied, or what was applied is not what the files say; the message names the file and what to do. */
export class MigrationFailedError extends Error {
  override readonly name = 'MigrationFailedError'
}

/** The database lacks migrations this code needs. */
export class NotMigratedError extends Error {
  override readonly name = 'NotMigratedError'
  readonly missing: readonly string[]
  constructor(missing: readonly string[]) {
    super(`the database lacks ${missing.join(', ')}; run the migrations before the service`)
    this.missing = missing
  }
}

/** A seed could not be written; nothing of it was. */
export class SeedFailedError extends Error {
  override readonly name = 'SeedFailedError'
}
