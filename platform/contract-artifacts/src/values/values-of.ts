import { z } from '@ashlar/contract'
import { anyValue } from './any-value.ts'
import { boundaryValues } from './boundary-values.ts'
import type { DescribedValue, InvalidValue } from './described-value.ts'
import { invalidValues } from './invalid-values.ts'
import { seededRandom, type Random } from './random.ts'
import type { Schema } from './shape.ts'

/** Values of one schema; the same seed gives the same ones. */
export interface Values {
  /** A valid value by chance, another with each call. Throws `RangeError` where none was found. */
  any(): unknown
  /** Valid values at the edges: each variant, each bound, each field there and not, odd texts. */
  boundaries(): readonly DescribedValue[]
  /** Values that are refused, each wrong in one place, with its path. */
  invalid(): readonly InvalidValue[]
}

export interface ValueOptions {
  readonly seed: string | number
  /** Whether a value really is of the schema; unless given, the schema as it is read here is believed. */
  readonly accepts?: (value: unknown) => boolean
}

/** Which way the values travel: as they are sent to an operation, before defaults, or as it gives them. */
export type Way = 'input' | 'output'

const tries = 100

/** Makes values of a contract's shape; each has been tried on the shape itself. */
export function valuesOf(shape: z.ZodType, way: Way, seed: string | number): Values {
  return valuesBySeed(shape, way)(seed)
}

/** Reads a contract's shape once, to make values of it for many seeds. */
export function valuesBySeed(shape: z.ZodType, way: Way): (seed: string | number) => Values {
  const schema = z.toJSONSchema(shape, { target: 'draft-2020-12', io: way, override: leaveOpen }) as Schema
  const accepts = (value: unknown): boolean => shape.safeParse(value).success
  return (seed) => valuesOfSchema(schema, { seed, accepts })
}

/** Makes values of a JSON Schema (2020-12) as contracts are written in. */
export function valuesOfSchema(root: Schema, { seed, accepts }: ValueOptions): Values {
  const random = seededRandom(seed)
  // apart, so that how many of one sort were asked for changes nothing about another
  const makingFor = (what: string): { root: Schema; random: Random } => ({ root, random: seededRandom(`${seed} ${what}`) })
  return {
    any: () => anyAccepted({ root, random }, accepts),
    boundaries: () => boundaryValues(root, makingFor('boundaries')).filter(({ value }) => accepts?.(value) ?? true),
    invalid: () => invalidValues(root, makingFor('invalid')).filter(({ value }) => !(accepts?.(value) ?? false)),
  }
}

function anyAccepted(making: { root: Schema; random: Random }, accepts: ValueOptions['accepts']): unknown {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const value = anyValue(making.root, making)
    if (accepts?.(value) ?? true) return value
  }
  throw new RangeError('no value was found that its own schema accepts')
}

// an object that is not strict takes fields it does not know
function leaveOpen({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Record<string, unknown> }): void {
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema['additionalProperties']
}
