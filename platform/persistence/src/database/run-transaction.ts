import { randomUUID } from 'node:crypto'
import { annotate, currentContext, newTrace, runInContext } from '@observability/telemetry'
import type { ClientBase } from 'pg'
import { CommitUnknownError, DatabaseUnavailableError, TransactionAbortedError } from './persistence-errors.ts'
import { isRefusal } from './read-failure.ts'
import { PooledTransaction } from './pooled-transaction.ts'
import type { StatementNames } from './statement-names.ts'

/**
 * Runs work between BEGIN and COMMIT on one connection, with `transactionOpen` set in its call context, and rolls back
 * when it throws. Gives the result with the ended transaction; the caller runs its callbacks.
 */
export async function runTransaction<Result>(
  client: ClientBase,
  names: StatementNames,
  work: (tx: PooledTransaction) => Promise<Result>,
): Promise<{ result: Result; tx: PooledTransaction }> {
  await begin(client)
  const tx = new PooledTransaction(client, names)
  const context = currentContext() ?? { requestId: randomUUID(), trace: newTrace() }
  let result: Result
  try {
    result = await runInContext({ ...context, transactionOpen: true }, () => work(tx))
  } catch (error) {
    end(tx)
    await rollBack(client)
    throw error
  }
  end(tx)
  await commit(client)
  return { result, tx }
}

/** It says on its span how much it did, and no word of what. */
function end(tx: PooledTransaction): void {
  tx.end()
  annotate({ 'db.query.count': tx.statements })
}

async function begin(client: ClientBase): Promise<void> {
  try {
    await client.query('BEGIN')
  } catch (error) {
    throw new DatabaseUnavailableError('a transaction could not begin', { cause: error })
  }
}

/** A connection on which not even this works is thrown away by the pool, and PostgreSQL rolls back by itself. */
async function rollBack(client: ClientBase): Promise<void> {
  await client.query('ROLLBACK').catch(() => undefined)
}

async function commit(client: ClientBase): Promise<void> {
  let command: string
  try {
    command = (await client.query('COMMIT')).command
  } catch (error) {
    // A refusal (a deferred constraint, a serialisation failure) rolled back for certain; a lost connection says nothing.
    if (isRefusal(error)) throw error
    throw new CommitUnknownError({ cause: error })
  }
  if (command === 'ROLLBACK') throw new TransactionAbortedError()
}
