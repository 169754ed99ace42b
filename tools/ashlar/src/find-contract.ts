import type { AnyContract } from '@ashlar/contract'
import { UsageError } from './command.ts'

/** Finds a contract by its name (`orders`: its newest major) or its id (`orders.v1`). Throws `UsageError` with those there are. */
export function findContract(contracts: readonly AnyContract[], named: string | undefined): AnyContract {
  const newestFirst = contracts.toSorted((one, other) => other.version - one.version)
  const found = newestFirst.find(({ name, id }) => named === name || named === id)
  if (found !== undefined) return found
  const known = contracts.map(({ id }) => id).join(', ')
  throw new UsageError(named === undefined ? `say which contract: ${known}` : `there is no contract ${named}: ${known}`)
}
