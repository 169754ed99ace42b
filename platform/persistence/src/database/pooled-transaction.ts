import type { ClientBase } from 'pg'
import type { Transaction } from '../database.ts'
import { TransactionEndedError } from './persistence-errors.ts'
import { runStatement } from './run-statement.ts'
import type { StatementNames } from './statement-names.ts'

/** An open transaction on one connection of the pool. */
export class PooledTransaction implements Transaction {
  readonly #client: ClientBase
  readonly #names: StatementNames
  readonly #callbacks: (() => void)[] = []
  #open = true
  /** Set once a message was written, so that the relay is woken by this commit and by no other. */
  wroteOutbox = false
  /** What those who follow it are woken for by this commit. */
  readonly wakes = new Set<string>()
  /** How many statements it ran, BEGIN and COMMIT apart. */
  statements = 0

  constructor(client: ClientBase, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  async query<Row extends object = Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    if (!this.#open) throw new TransactionEndedError()
    this.statements += 1
    return await runStatement<Row>(this.#client, this.#names, { text, values })
  }

  afterCommit(callback: () => void): void {
    if (!this.#open) throw new TransactionEndedError()
    this.#callbacks.push(callback)
  }

  /** Refuses everything from now on; gives what was to be called after a commit. */
  end(): readonly (() => void)[] {
    this.#open = false
    return this.#callbacks
  }
}
