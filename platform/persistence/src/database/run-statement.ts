import type { ClientBase, QueryResult } from 'pg'
import { DatabaseUnavailableError } from './persistence-errors.ts'
import { isRefusal, isStalePlan } from './read-failure.ts'
import type { StatementNames } from './statement-names.ts'

export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Runs one statement on a connection, prepared where it can be. A lost connection is thrown as `DatabaseUnavailableError`. */
export async function runStatement<Row extends object>(client: ClientBase, names: StatementNames, statement: Statement): Promise<Row[]> {
  const name = names.nameOf(statement.text)
  try {
    const result: QueryResult<Row> | QueryResult<Row>[] = await client.query<Row>({
      text: statement.text,
      values: [...statement.values],
      ...(name === undefined ? {} : { name }),
    })
    // Several statements in one text give several results; the last one is what was asked for.
    return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows
  } catch (error) {
    if (name !== undefined && isStalePlan(error)) names.renew(statement.text, name)
    if (isRefusal(error)) throw error
    throw new DatabaseUnavailableError('a statement got no answer', { cause: error })
  }
}
