/** The database cannot be reached, or went away before anything was committed: nothing happened, so it is safe to repeat. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError'
  constructor(deed: string, options?: ErrorOptions) {
    super(`the database is unavailable: ${deed}`, options)
  }
}

/**
 * The connection was lost while COMMIT was on its way: the transaction may or may not have happened. Repeat the deed only
 * under its idempotency key, or look for what it would have written.
 */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError'
  constructor(options?: ErrorOptions) {
    super('the connection was lost during COMMIT: whether the transaction happened is not known', options)
  }
}

/** The work of a transaction swallowed the failure of one of its statements and returned; PostgreSQL rolled everything back. */
export class TransactionAbortedError extends Error {
  override readonly name = 'TransactionAbortedError'
  constructor() {
    super('the transaction was rolled back: one of its statements failed and the failure was not passed on')
  }
}

/** A transaction was used after its function had returned; what was asked would have run outside it. */
export class TransactionEndedError extends Error {
  override readonly name = 'TransactionEndedError'
  constructor() {
    super('the transaction has ended: await every statement inside the function that was given it')
  }
}
