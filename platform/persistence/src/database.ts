/** Runs SQL. Rows come back as plain objects; values go in as `$1`, `$2`. Statements are prepared once per connection. */
export interface Queryable {
  query<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** An open transaction. It ends with the function it was given to. */
export interface Transaction extends Queryable {
  /** Calls back once the commit is certain; never after a rollback. Used to wake the relay. */
  afterCommit(callback: () => void): void
}

export interface DatabaseHealth {
  readonly healthy: boolean
  readonly latencyMs: number
  readonly detail?: string
}

/** One service's own database. */
export interface Database extends Queryable {
  /**
   * Runs work in one transaction: commits when it returns, rolls back when it throws, and runs it again (up to 5 times,
   * with jitter) after a serialisation failure or deadlock (40001, 40P01). Work must therefore touch nothing but `tx`.
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** Asks the server. While all connections are in use and get work done, that is answer enough: nothing waits behind them. */
  health(): Promise<DatabaseHealth>
  close(): Promise<void>
}
