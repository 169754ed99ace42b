import type { Change } from './finding.ts'
import type { ContractVersion } from './findings/contract-version.ts'
import { eventChanges } from './findings/event-changes.ts'
import { operationChanges } from './findings/operation-changes.ts'
import { protobufChanges } from './findings/protobuf-changes.ts'

/**
 * Compares two sets of contracts, each contract with its partner of the same name and major version. A new major beside
 * the old one breaks nobody; a major that is gone breaks everybody who calls it.
 */
export function compareContracts(before: readonly ContractVersion[], after: readonly ContractVersion[]): readonly Change[] {
  const [old, now] = [byId(before), byId(after)]
  const ids = [...new Set([...old.keys(), ...now.keys()])].toSorted()
  return ids.flatMap((contract): Change[] => {
    const [was, is] = [old.get(contract), now.get(contract)]
    const change = { contract, place: { part: 'contract' } as const, path: [] }
    if (was === undefined) return [{ ...change, level: 'minor', aspect: 'added', said: 'was added' }]
    if (is === undefined) return [{ ...change, level: 'breaking', aspect: 'removed', said: 'was removed, with all it promises' }]
    const versions = { before: was, after: is }
    const changes = [...operationChanges(contract, versions), ...eventChanges(contract, versions)]
    return [...changes, ...protobufChanges(contract, versions, changes)]
  })
}

function byId(versions: readonly ContractVersion[]): Map<string, ContractVersion> {
  return new Map(versions.map((version) => [`${version.snapshot.name}.v${version.snapshot.version}`, version]))
}
