import { performance } from 'node:perf_hooks'
import { inSpan, type Collecting, type Logger, type PartOptions } from '@observability/telemetry'
import type { Pool, PoolClient } from 'pg'
import type { Database, DatabaseHealth, Transaction } from '../database.ts'
import { DatabaseUnavailableError } from './persistence-errors.ts'
import { isStalePlan } from './read-failure.ts'
import { retryConflicts } from './retry-conflicts.ts'
import { runStatement } from './run-statement.ts'
import { runTransaction } from './run-transaction.ts'
import { StatementNames } from './statement-names.ts'

/** What a database is known by, and what goes with it. */
export interface Surroundings {
  /** The database's name. */
  readonly namespace: string
  readonly logger: Logger | undefined
  /** Ends with the database. */
  readonly measured: Collecting | undefined
}

/** For so long a pool whose connections are all in use is taken at its word; those who wait for one give up then, too. */
const busyForMs = 5_000

/** A database behind a pool of connections; it outlives a restart of its server. */
export class PooledDatabase implements Database, AsyncDisposable {
  readonly #pool: Pool
  readonly #logger: Logger | undefined
  readonly #measured: Collecting | undefined
  readonly #spanOptions: PartOptions
  readonly #names = new StatementNames(500)
  readonly #outboxListeners = new Set<() => void>()
  readonly #wakeListeners = new Set<(topics: ReadonlySet<string>) => void>()
  #closing: Promise<void> | undefined
  /** When a connection last came back from work that the server had answered. */
  #answeredAt = -Infinity

  constructor(pool: Pool, { namespace, logger, measured }: Surroundings) {
    this.#pool = pool
    this.#logger = logger
    this.#measured = measured
    this.#spanOptions = { kind: 'client', attributes: { 'db.system.name': 'postgresql', 'db.namespace': namespace } }
  }

  async query<Row extends object = Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const run = () => this.#withConnection((client) => runStatement<Row>(client, this.#names, { text, values }))
    try {
      return await run()
    } catch (error) {
      // The statement was refused before it ran, and has a new name now.
      if (isStalePlan(error)) return await run()
      throw error
    }
  }

  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const { result, tx } = await retryConflicts(() =>
      inSpan('transaction', this.#spanOptions, () => this.#withConnection((client) => runTransaction(client, this.#names, work))),
    )
    this.#tell(tx.end())
    if (tx.wroteOutbox) this.#tell(this.#outboxListeners)
    if (tx.wakes.size > 0) this.#tell([...this.#wakeListeners].map((listener) => () => listener(tx.wakes)))
    return result
  }

  /** Calls back after each commit of this process that wrote to the outbox; gives a function that stops it. */
  onOutboxWritten(callback: () => void): () => void {
    this.#outboxListeners.add(callback)
    return () => this.#outboxListeners.delete(callback)
  }

  /** Calls back after each commit of this process that wakes readers; gives a function that stops it. */
  onWake(callback: (topics: ReadonlySet<string>) => void): () => void {
    this.#wakeListeners.add(callback)
    return () => this.#wakeListeners.delete(callback)
  }

  async health(): Promise<DatabaseHealth> {
    const startedAt = performance.now()
    // A queue behind work that gets done is load: an instance taken out for it would leave its share to the others.
    if (this.#isFull && startedAt - this.#answeredAt < busyForMs)
      return { healthy: true, latencyMs: 0, detail: 'every connection is in use' }
    try {
      await this.query('select 1')
      return { healthy: true, latencyMs: performance.now() - startedAt }
    } catch (error) {
      return { healthy: false, latencyMs: performance.now() - startedAt, detail: error instanceof Error ? error.message : String(error) }
    }
  }

  close(): Promise<void> {
    this.#measured?.close()
    this.#closing ??= this.#pool.end()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  get #isFull(): boolean {
    const { totalCount, idleCount, options } = this.#pool
    return idleCount === 0 && totalCount >= options.max
  }

  async #withConnection<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#connect()
    try {
      return await work(client)
    } finally {
      // Only an idle session may serve somebody else: an open transaction or an unanswered statement ends with its connection.
      const isIdle = client.getTransactionStatus() === 'I'
      if (isIdle) this.#answeredAt = performance.now()
      client.release(!isIdle)
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw new DatabaseUnavailableError('no connection could be had', { cause: error })
    }
  }

  #tell(callbacks: Iterable<() => void>): void {
    for (const callback of callbacks) {
      try {
        callback()
      } catch (error) {
        // The commit stands whatever a listener does.
        this.#logger?.error({ err: error }, 'a callback after a commit failed')
      }
    }
  }
}
