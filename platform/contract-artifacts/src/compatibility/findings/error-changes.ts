import { hasKey } from '@ashlar/contract'
import type { Change } from '../finding.ts'
import type { Versions } from './contract-version.ts'
import type { OperationPair } from './operation-changes.ts'
import { shapeChanges } from './shape-changes.ts'

type DeclaredError = OperationPair['old']['errors'][string]

/** Lists the changes of what an operation may be refused with. */
export function errorChanges(pair: OperationPair, versions: Versions): Change[] {
  const { old, now } = pair
  const codes = [...new Set([...Object.keys(old.errors), ...Object.keys(now.errors)])]
  return codes.flatMap((code): Change[] => {
    const [was, is] = [ownError(old.errors, code), ownError(now.errors, code)]
    if (was !== undefined && is !== undefined) return changesOfError({ was, is, code }, pair, versions)
    const change = { contract: pair.contract, place: { part: 'error', operation: pair.operation, code } as const, path: [] }
    if (was !== undefined)
      return [{ ...change, level: 'minor', aspect: 'removed', said: 'was removed: what callers do about it is never done' }]
    // a caller that does not know the code gets a failed call, which it must be ready for; a saga cannot go on
    return hasKey(old.policy)
      ? [
          {
            ...change,
            level: 'breaking',
            aspect: 'added',
            said: 'was added: a saga that sends this operation cannot read it, and stays where it is',
          },
        ]
      : [{ ...change, level: 'minor', aspect: 'added', said: 'was added: callers that do not know it see a failed call' }]
  })
}

function changesOfError(
  { was, is, code }: { was: DeclaredError; is: DeclaredError; code: string },
  { contract, operation }: OperationPair,
  versions: Versions,
): Change[] {
  const place = { part: 'error', operation, code } as const
  const change = { contract, place, path: [] }
  const status: Change[] =
    was.status === is.status ? [] : [{ ...change, level: 'breaking', aspect: 'status', said: `travels as ${is.status}, was ${was.status}` }]
  if (was.data === undefined && is.data === undefined) return status
  if (is.data === undefined) return [...status, { ...change, level: 'breaking', aspect: 'data', said: 'carries no data any more' }]
  if (was.data === undefined) return [...status, { ...change, level: 'minor', aspect: 'data', said: 'carries data now' }]
  const shapes = { before: was.data, after: is.data }
  return [...status, ...shapeChanges(contract, versions, { role: 'output', at: { operation, error: code }, place, shapes })]
}

function ownError(errors: OperationPair['old']['errors'], code: string): DeclaredError | undefined {
  return Object.hasOwn(errors, code) ? errors[code] : undefined
}
