import type { Schema, Shape } from './shape.ts'
import { textsByPattern } from './text-by-pattern.ts'

/** Gives every way a value of a schema may look, names and unions resolved; what is inside lists and objects stays as it was written. */
export type ReadShapes = (schema: Schema) => readonly Shape[]

/** Reads the schemas inside one, each of them once. */
export function shapeReader(root: Schema): ReadShapes {
  const read = new WeakMap<Schema, readonly Shape[]>()
  return (schema) => {
    const known = read.get(schema)
    if (known !== undefined) return known
    const shapes = shapesOf(schema, root)
    read.set(schema, shapes)
    return shapes
  }
}

function shapesOf(schema: Schema, root: Schema): readonly Shape[] {
  const { $ref, anyOf, oneOf, allOf, ...own } = schema
  if ($ref !== undefined) return shapesOf({ ...named($ref, root), ...own }, root)
  const choices = anyOf ?? oneOf
  if (choices !== undefined) return choices.flatMap((choice) => shapesOf(allOf === undefined ? choice : { ...choice, allOf }, root))
  if ('const' in own) return [{ kind: 'exactly', value: own.const }]
  if (own.enum !== undefined) return own.enum.map((value) => ({ kind: 'exactly', value }))

  const parts = [own, ...(allOf ?? []).map((part) => (part.$ref === undefined ? part : named(part.$ref, root)))]
  const types = parts.flatMap(({ type }) => type ?? [])
  return types.length === 0 ? [{ kind: 'anything' }] : [...new Set(types)].flatMap((type) => shapesOfType(type, parts))
}

function named(reference: string, root: Schema): Schema {
  if (reference === '#') return root
  const [, name = ''] = /^#\/\$defs\/(.+)$/.exec(reference) ?? []
  const found = root.$defs?.[decodeURIComponent(name)]
  if (found === undefined) throw new TypeError(`${reference} is not in the schema`)
  return found
}

function shapesOfType(type: string, parts: readonly Schema[]): readonly Shape[] {
  const highest = (keyword: keyof Schema, otherwise: number): number => Math.max(otherwise, ...numbersOf(parts, keyword))
  const lowest = (keyword: keyof Schema, otherwise: number): number => Math.min(otherwise, ...numbersOf(parts, keyword))
  switch (type) {
    case 'null':
      return [{ kind: 'exactly', value: null }]
    case 'boolean':
      return [true, false].map((value) => ({ kind: 'exactly', value }))
    case 'string': {
      const patterns = parts.flatMap(({ pattern }) => (pattern === undefined ? [] : [new RegExp(pattern, 'u')]))
      const format = parts.find((part) => part.format !== undefined)?.format
      const [shortest, longest] = [highest('minLength', 0), lowest('maxLength', Infinity)]
      return [{ kind: 'text', shortest, longest, patterns, format, makers: patterns.map(textsByPattern) }]
    }
    case 'integer':
    case 'number':
      return [numberShape(type, { highest, lowest })]
    case 'array': {
      const { items, prefixItems = [] } = merged(parts)
      const rest = typeof items === 'object' ? items : undefined
      const most = rest === undefined ? prefixItems.length : Infinity
      return [{ kind: 'list', first: prefixItems, rest, fewest: highest('minItems', prefixItems.length), most: lowest('maxItems', most) }]
    }
    default: {
      const { properties = {}, additionalProperties, propertyNames } = merged(parts)
      const isClosed = additionalProperties === false
      const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined
      const required = new Set(parts.flatMap((part) => part.required ?? []))
      return [{ kind: 'record', fields: properties, required, rest, names: propertyNames, isClosed }]
    }
  }
}

type Bound = (keyword: keyof Schema, otherwise: number) => number

function numberShape(type: 'integer' | 'number', { highest, lowest }: { highest: Bound; lowest: Bound }): Shape {
  const step = highest('multipleOf', type === 'integer' ? 1 : 0)
  // a bound that is excluded is passed over by the smallest step that shows
  const grain = step === 0 ? 0.001 : step
  const least = Math.max(highest('minimum', -Infinity), highest('exclusiveMinimum', -Infinity) + grain)
  const most = Math.min(lowest('maximum', Infinity), lowest('exclusiveMaximum', Infinity) - grain)
  return { kind: 'number', least, most, step }
}

function numbersOf(parts: readonly Schema[], keyword: keyof Schema): number[] {
  return parts.flatMap((part) => {
    const value = part[keyword]
    return typeof value === 'number' ? [value] : []
  })
}

function merged(parts: readonly Schema[]): Schema {
  return parts.reduce<Schema>(
    (all, part) => ({
      ...all,
      ...part,
      ...(all.properties === undefined && part.properties === undefined ? {} : { properties: { ...all.properties, ...part.properties } }),
    }),
    {},
  )
}
