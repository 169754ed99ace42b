import { z } from '@ashlar/contract'
import type { Level, Role } from '../compare-shapes.ts'

/** One kind of change of a shape: what it was, what it is, and what follows for a request, an answer and a message. */
export interface ShapeChange {
  readonly kind: string
  readonly before: z.ZodType
  readonly after: z.ZodType
  readonly verdicts: readonly [input: Level, output: Level, event: Level]
  /** Where jsoncompat judges otherwise, and why. */
  readonly jsoncompatDiffers?: Partial<Record<Role, string>>
  /** Why no payload shows the break. */
  readonly withoutWitness?: Partial<Record<Role, string>>
}

export const id = z.string()
export const note = z.string()
export const tea = z.object({ id })
export const strictTea = z.strictObject({ id })

type Inner = readonly [before: z.ZodType, after: z.ZodType]
/** Show a change of one field's own shape inside an object, where it happens. */
export function field(kind: string, [before, after]: Inner, verdicts: ShapeChange['verdicts']): ShapeChange {
  return { kind, before: z.object({ id, field: before }), after: z.object({ id, field: after }), verdicts }
}
/** Show a change of a whole shape. */
export function whole(kind: string, [before, after]: Inner, verdicts: ShapeChange['verdicts']): ShapeChange {
  return { kind, before, after, verdicts }
}

/** Why jsoncompat judges otherwise, where the same reason holds for several changes. */
export const reasons = {
  openWriter: 'jsoncompat lets whoever writes an open object put anything under any name; this platform writes only what it declares',
  defaults: 'jsoncompat is shown what is written; a message is read through the schema, where the default stands in',
  blindToRest: 'jsoncompat does not see that the shape of other fields became tighter; the witness does',
  allOf: 'jsoncompat does not take two patterns apart, and calls any change of them a break',
} as const
/** The change, with what is written down about it where it stands out. */
export function except(change: ShapeChange, exceptions: Pick<ShapeChange, 'jsoncompatDiffers' | 'withoutWitness'>): ShapeChange {
  return { ...change, ...exceptions }
}

// what a change means for a request, an answer and a message
export const tighter = ['breaking', 'minor', 'breaking'] as const
export const looser = ['minor', 'breaking', 'breaking'] as const
export const other = ['breaking', 'breaking', 'breaking'] as const
export const harmless = ['minor', 'minor', 'minor'] as const
export const wording = ['patch', 'patch', 'patch'] as const
