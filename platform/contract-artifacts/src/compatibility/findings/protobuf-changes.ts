import type { Change } from '../finding.ts'
import { carriedWitness } from '../protobuf/carried-witness.ts'
import { compareProtobuf } from '../protobuf/compare-protobuf.ts'
import { pathText } from '../schemas/difference.ts'
import type { Versions } from './contract-version.ts'
import { partText } from './part-text.ts'

/**
 * Lists what changed for those who read protobuf, each break with bytes that show it. `others` are the changes of the shapes: where
 * one of them breaks already, that it is something else in protobuf too is no news.
 */
export function protobufChanges(contract: string, { before, after }: Versions, others: readonly Change[]): Change[] {
  if (before.protobuf === undefined || after.protobuf === undefined) return []
  const versions = { before: before.protobuf, after: after.protobuf }
  const broken = new Set(others.flatMap((change) => (change.level === 'breaking' ? [placeText(change)] : [])))
  return compareProtobuf(versions).flatMap((difference): Change[] => {
    const { root, path, aspect, said, level } = difference
    if ((aspect === 'protobuf type' || aspect === 'protobuf oneof') && broken.has(placeText({ place: root.place, path }))) return []
    const carried = level === 'breaking' ? carriedWitness(difference, versions) : undefined
    return [{ contract, place: root.place, level, path, aspect, said, ...(carried && { carried }) }]
  })
}

function placeText({ place, path }: Pick<Change, 'place' | 'path'>): string {
  return `${partText(place)} · ${pathText(path)}`
}
