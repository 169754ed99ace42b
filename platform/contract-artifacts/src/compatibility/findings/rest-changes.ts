import type { Change } from '../finding.ts'
import type { OperationPair } from './operation-changes.ts'
import { refusedCall } from './refused-call.ts'

/** Lists the changes of an operation's face at the gateway. */
export function restChanges({ contract, operation, old, now }: OperationPair): Change[] {
  const change = { contract, place: { part: 'operation', operation } as const, path: [] }
  const [was, is] = [old.rest, now.rest]
  if (was === undefined && is === undefined) return []
  if (was === undefined) return [{ ...change, level: 'minor', aspect: 'rest added', said: `is at ${is?.method} ${is?.path} too` }]
  const gone = refusedCall({ call: `${was.method} ${was.path}` }, 'nothing is there')
  if (is === undefined)
    return [{ ...change, level: 'breaking', aspect: 'rest removed', said: `is not at ${was.method} ${was.path} any more`, ...gone }]
  const changes: Change[] = []
  if (was.method !== is.method || nameless(was.path) !== nameless(is.path))
    changes.push({
      ...change,
      level: 'breaking',
      aspect: 'rest moved',
      said: `is at ${is.method} ${is.path}, was at ${was.method} ${was.path}`,
      ...gone,
    })
  else if (was.path !== is.path)
    changes.push({ ...change, level: 'patch', aspect: 'rest words', said: `calls parts of its address otherwise: ${is.path}` })
  if (was.status !== is.status)
    changes.push({ ...change, level: 'breaking', aspect: 'rest status', said: `answers with status ${is.status}, was ${was.status}` })
  return changes
}

/** Names of path parameters are the server's own business. */
function nameless(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}')
}
