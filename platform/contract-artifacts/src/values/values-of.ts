import { z } from '@ashlar/contract'
import { anyValue, type Making } from './any-value.ts'
import { boundaryValues } from './boundary-values.ts'
import type { DescribedValue, InvalidValue } from './described-value.ts'
import { invalidValues } from './invalid-values.ts'
import { seededRandom } from './random.ts'
import type { Schema } from './shape.ts'
import { shapeReader } from './shapes-of.ts'

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
  return makerOf(schema, accepts)
}

/** Makes values of a JSON Schema (2020-12) as contracts are written in. */
export function valuesOfSchema(schema: Schema, { seed, accepts }: ValueOptions): Values {
  return makerOf(schema, accepts)(seed)
}

function makerOf(schema: Schema, accepts: ValueOptions['accepts']): (seed: string | number) => Values {
  const shapesOf = shapeReader(schema)
  return (seed) => {
    // apart, so that how many of one sort were asked for changes nothing about another
    const makingFor = (what: string): Making => ({ shapesOf, random: seededRandom(`${seed} ${what}`) })
    const byChance = makingFor('by chance')
    return {
      any: () => anyAccepted(schema, byChance, accepts),
      boundaries: () => boundaryValues(schema, makingFor('boundaries')).filter(({ value }) => accepts?.(value) ?? true),
      invalid: () => invalidValues(schema, makingFor('invalid')).filter(({ value }) => !(accepts?.(value) ?? false)),
    }
  }
}

function anyAccepted(schema: Schema, making: Making, accepts: ValueOptions['accepts']): unknown {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const value = anyValue(schema, making)
    if (accepts?.(value) ?? true) return value
  }
  throw new RangeError('no value was found that its own schema accepts')
}

// an object that is not strict takes fields it does not know
function leaveOpen({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Record<string, unknown> }): void {
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema['additionalProperties']
}
