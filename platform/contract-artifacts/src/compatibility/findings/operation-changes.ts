import type { OperationSnapshot } from '../contract-snapshot.ts'
import type { Change } from '../finding.ts'
import { isSame } from '../schemas/schema-node.ts'
import type { Versions } from './contract-version.ts'
import { errorChanges } from './error-changes.ts'
import { refusedCall } from './refused-call.ts'
import { policyChanges } from './policy-changes.ts'
import { restChanges } from './rest-changes.ts'
import { shapeChanges } from './shape-changes.ts'
import { twinIn } from './twin-in.ts'

/** What two versions of one operation are compared by. */
export interface OperationPair {
  readonly contract: string
  readonly operation: string
  readonly old: OperationSnapshot
  readonly now: OperationSnapshot
}

/** Lists the changes of operations: those gone, those new, and what changed in those that stayed. */
export function operationChanges(contract: string, versions: Versions): Change[] {
  const [old, now] = [versions.before.snapshot.operations, versions.after.snapshot.operations]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return names.flatMap((operation): Change[] => {
    const [was, is] = [own(old, operation), own(now, operation)]
    const change = { contract, place: { part: 'operation', operation } as const, path: [] }
    if (was !== undefined && is !== undefined) return changesWithin({ contract, operation, old: was, now: is }, versions)
    if (was !== undefined) {
      const heir = twinIn(was, { from: now, without: old })
      return [
        {
          ...change,
          level: 'breaking',
          aspect: 'removed',
          said: heir === undefined ? 'was removed' : `was renamed to ${heir}`,
          ...refusedCall({ call: `POST /rpc/${contract}/${operation}` }, 'there is no such operation'),
        },
      ]
    }
    return [{ ...change, level: 'minor', aspect: 'added', said: 'was added' }]
  })
}

function changesWithin(pair: OperationPair, versions: Versions): Change[] {
  const { contract, operation, old, now } = pair
  const change = { contract, place: { part: 'operation', operation } as const, path: [] }
  const kind: Change[] =
    old.kind === now.kind ? [] : [{ ...change, level: 'breaking', aspect: 'kind', said: `is a ${now.kind}, was a ${old.kind}` }]
  const deprecated: Change[] = isSame(old.deprecated, now.deprecated)
    ? []
    : [
        {
          ...change,
          level: 'minor',
          aspect: 'deprecated',
          said:
            now.deprecated === undefined
              ? 'is not deprecated any more'
              : old.deprecated === undefined
                ? 'is deprecated'
                : 'is deprecated otherwise',
        },
      ]
  const sides = (['input', 'output'] as const).flatMap((side) =>
    shapeChanges(contract, versions, {
      role: side,
      at: { operation, side },
      place: { part: side, operation },
      shapes: { before: old[side], after: now[side] },
    }),
  )
  return [
    ...kind,
    ...deprecated,
    ...sides,
    ...errorChanges(pair, versions),
    ...policyChanges(pair),
    ...emitChanges(pair, versions),
    ...restChanges(pair),
  ]
}

/** An event that no operation announces any more is waited for in vain, unless a saga of the service announces it. */
function emitChanges({ contract, operation, old, now }: OperationPair, { after }: Versions): Change[] {
  const change = { contract, place: { part: 'operation', operation } as const, path: [] }
  const isEmitted = (event: string): boolean => Object.values(after.snapshot.operations).some(({ emits }) => emits.includes(event))
  const lost = old.emits.filter((event) => !now.emits.includes(event))
  const won = now.emits.filter((event) => !old.emits.includes(event))
  return [
    ...lost.map((event): Change => ({
      ...change,
      level: isEmitted(event) ? 'minor' : 'breaking',
      aspect: `emits ${event}`,
      said: isEmitted(event)
        ? `does not announce ${event} any more; another does`
        : `does not announce ${event} any more, and nothing else does`,
    })),
    ...won.map((event): Change => ({ ...change, level: 'minor', aspect: `emits ${event}`, said: `announces ${event}` })),
  ]
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
