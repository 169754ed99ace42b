import type { z } from '@ashlar/contract'
import type { JudgedDifference, Refusal, Role } from './compare-shapes.ts'
import type { Shape } from './contract-snapshot.ts'
import { findWitness, type Side, type Witness } from './find-witness.ts'
import { judgeBySchema, type Judge, type Part } from './judge.ts'

/** Who writes and who reads, for each version whose reader may refuse. */
export type Sides = ReadonlyMap<Refusal['refusedBy'], { readonly writer: Side; readonly reader: Side }>

interface Versions<Of> {
  readonly before: Of
  readonly after: Of
}

/** Sets the sides of a shape against each other as its role does. */
export function sidesOfShape(
  role: Role,
  { shapes, judge }: { shapes: Versions<Shape>; judge: (version: keyof Versions<unknown>, part: Part) => Judge },
): Sides {
  const reading = ({ input: 'reads an input', output: 'reads an output', event: 'reads an event' } as const)[role]
  const side = (version: keyof Versions<unknown>, does: 'writes' | 'reads'): Side => {
    // a client writes what it is free to leave out; this platform writes what its schema makes of it
    const isWhole = role === 'output' || (role === 'event' && does === 'writes')
    const part = does === 'reads' || role === 'input' ? reading : 'writes'
    return { node: shapes[version][isWhole ? 'written' : 'read'], judge: judge(version, part) }
  }
  const after = ['after', { writer: side('before', 'writes'), reader: side('after', 'reads') }] as const
  const before = ['before', { writer: side('after', 'writes'), reader: side('before', 'reads') }] as const
  return new Map(role === 'input' ? [after] : role === 'output' ? [before] : [after, before])
}

/** The same, judged by the schemas themselves. */
export function sidesFor(role: Role, { schemas, shapes }: { schemas: Versions<z.ZodType>; shapes: Versions<Shape> }): Sides {
  return sidesOfShape(role, { shapes, judge: (version, part) => judgeBySchema(schemas[version], part) })
}

/** Looks for a payload that shows a break. */
export function witnessOf({ path, refusal }: JudgedDifference, sides: Sides): Witness | undefined {
  const pair = refusal && sides.get(refusal.refusedBy)
  return pair && findWitness(path, pair)
}
