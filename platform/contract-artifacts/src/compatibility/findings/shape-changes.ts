import { compareShapes, type Role } from '../compare-shapes.ts'
import type { Shape } from '../contract-snapshot.ts'
import type { Change, Place } from '../finding.ts'
import { sidesOfShape, witnessOf } from '../witness-of.ts'
import type { ShapeAt, Versions } from './contract-version.ts'

interface Asked {
  readonly role: Role
  readonly at: ShapeAt
  readonly place: Place
  readonly shapes: { readonly before: Shape; readonly after: Shape }
}

/** Lists the changes of one shape, each break with a payload that shows it where one is found. */
export function shapeChanges(contract: string, versions: Versions, { role, at, place, shapes }: Asked): Change[] {
  const sides = sidesOfShape(role, { shapes, judge: (version, part) => versions[version].judge(at, shapes[version], part) })
  return compareShapes(role, shapes).map(({ path, aspect, said, level, refusal, ...difference }) => {
    const witness = witnessOf({ ...difference, path, aspect, said, level, ...(refusal && { refusal }) }, sides)
    return { contract, place, level, path, aspect, said, ...(refusal && { refusal }), ...(witness && { witness }) }
  })
}
