import type { JsonSchema } from '../json-schema/json-schema.ts'
import { plainPatterns } from '../json-schema/plain-patterns.ts'

type Shapes = Readonly<Record<string, JsonSchema>>
const largestInt32 = 2_147_483_647

/**
 * Writes a shape as OpenAPI wants its components: references between them, what tells options apart said by `discriminator`,
 * and the size of numbers by `format`, without which Java and Go would take every one for 32 bits.
 */
export function shapeComponent(shape: JsonSchema, shapes: Shapes): JsonSchema {
  return translated(plainPatterns(shape), shapes) as JsonSchema
}

function translated(value: unknown, shapes: Shapes): unknown {
  if (Array.isArray(value)) return value.map((inner) => translated(inner, shapes))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([keyword, inner]): [string, unknown] => [keyword, translatedKeyword(keyword, inner, shapes)])
  return { ...Object.fromEntries(entries), ...numberFormat(value as JsonSchema), ...discriminator(value as JsonSchema, shapes) }
}

function translatedKeyword(keyword: string, inner: unknown, shapes: Shapes): unknown {
  if (keyword === '$ref' && typeof inner === 'string') return inner.replace('#/$defs/', '#/components/schemas/')
  // values, not schemas
  if (['const', 'default', 'enum', 'examples', 'required'].includes(keyword)) return inner
  if (keyword === 'properties' && typeof inner === 'object' && inner !== null)
    return Object.fromEntries(Object.entries(inner).map(([field, schema]) => [field, translated(schema, shapes)]))
  return translated(inner, shapes)
}

function numberFormat({ type, format, minimum, maximum }: JsonSchema): { format?: string } {
  const types = [type].flat()
  if (format !== undefined) return {}
  if (types.includes('number')) return { format: 'double' }
  if (!types.includes('integer')) return {}
  const isShort = typeof minimum === 'number' && typeof maximum === 'number' && minimum >= -largestInt32 && maximum <= largestInt32
  return { format: isShort ? 'int32' : 'int64' }
}

/** Says by which field, and which word in it, the options of a union are told apart. */
function discriminator({ oneOf }: JsonSchema, shapes: Shapes): object {
  if (!Array.isArray(oneOf)) return {}
  const options = oneOf.map(({ $ref }: JsonSchema) => String($ref).replace('#/$defs/', ''))
  const [first = {}] = options.map((name) => shapes[name]?.properties ?? {})
  const isTelling = (field: string): boolean => options.every((name) => wordIn(shapes[name], field) !== undefined)
  const propertyName = Object.keys(first).find(isTelling)
  if (propertyName === undefined) return {}
  const mapping = options.map((name) => [wordIn(shapes[name], propertyName), `#/components/schemas/${name}`])
  return { discriminator: { propertyName, mapping: Object.fromEntries(mapping) } }
}

function wordIn(shape: JsonSchema | undefined, field: string): string | undefined {
  const word = shape?.properties?.[field]?.['const']
  return typeof word === 'string' ? word : undefined
}
