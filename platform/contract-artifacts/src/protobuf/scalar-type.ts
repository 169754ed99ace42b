import { defOf, z } from '@ashlar/contract'
import type { ProtoType } from '@ashlar/grpc'

type Scalar = (ProtoType & { kind: 'scalar' })['name']

/** Gives the scalar that holds every value of a schema; `undefined` where there is none, as for what is sometimes null. */
export function scalarOf(schema: z.core.$ZodType): Scalar | undefined {
  const def = defOf(schema)
  switch (def.type) {
    case 'string':
    case 'template_literal':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return numberType(schema)
    case 'enum':
      return scalarOfAll(Object.values(def.entries))
    case 'literal':
      return scalarOfAll(def.values)
    default:
      return undefined
  }
}

/** Gives the words a text is one of, where it is one of a few, alphabetically. */
export function wordsOf(schema: z.core.$ZodType): readonly string[] | undefined {
  const def = defOf(schema)
  const values = def.type === 'enum' ? Object.values(def.entries) : def.type === 'literal' ? def.values : []
  return values.length > 0 && values.every((value) => typeof value === 'string') ? values.toSorted() : undefined
}

// Whole numbers that stay below 2^31 by the contract's own bounds are int32, whose JSON is a number. Others are int64,
// whose JSON protobuf writes as text: a double would hold them, but no language counts money in doubles.
function numberType(schema: z.core.$ZodType): Scalar {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = z.toJSONSchema(schema, { io: 'input' })
  if (type !== 'integer') return 'double'
  return fitsInt32([minimum ?? exclusiveMinimum ?? -Infinity, maximum ?? exclusiveMaximum ?? Infinity]) ? 'int32' : 'int64'
}

function fitsInt32(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'number' && value >= -(2 ** 31) && value < 2 ** 31)
}

function scalarOfAll(values: readonly unknown[]): Scalar | undefined {
  if (values.every((value) => typeof value === 'string')) return 'string'
  if (values.every((value) => typeof value === 'boolean')) return 'bool'
  if (!values.every((value) => typeof value === 'number')) return undefined
  if (!values.every((value) => Number.isInteger(value))) return 'double'
  return fitsInt32(values) ? 'int32' : 'int64'
}
