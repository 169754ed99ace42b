import { canonical, recordOf, resolved, within, type Json, type Schema, type SchemaNode } from './schema-node.ts'

/** A limit and whether the limit itself is out. */
export interface Bound {
  readonly at: number
  readonly exclusive: boolean
}

interface Of<Kind extends string> {
  readonly kind: Kind
  /** Keywords this gate does not know, as canonical JSON; empty when there are none. */
  readonly unknown: string
}
export interface Values extends Of<'values'> {
  readonly values: readonly Json[]
}
export interface Text extends Of<'text'> {
  readonly min: number
  readonly max: number
  readonly format: string | undefined
  readonly patterns: readonly string[]
}
export interface Numbers extends Of<'number'> {
  readonly whole: boolean
  readonly min: Bound
  readonly max: Bound
  readonly multiples: readonly number[]
}
export interface List extends Of<'list'> {
  readonly items: SchemaNode
  readonly prefix: readonly SchemaNode[]
  readonly min: number
  readonly max: number
}
export interface Field {
  readonly node: SchemaNode
  readonly required: boolean
}
/** What may stand under names that are not declared: nothing, something of a shape, or nobody said. */
export type Rest = SchemaNode | 'nothing' | 'unsaid'
export interface Fields extends Of<'object'> {
  readonly fields: Readonly<Record<string, Field>>
  readonly rest: Rest
  readonly names: SchemaNode | undefined
}
export interface Anything extends Of<'anything'> {}

/** One of the sorts of value a schema takes. */
export type Option = Values | Text | Numbers | List | Fields | Anything

// Said for readers of the document; no value is refused for them.
const annotations = new Set(
  '$schema $id $defs $comment id title description default examples deprecated readOnly writeOnly contentEncoding contentMediaType'.split(
    ' ',
  ),
)
const unbounded = { min: { at: -Infinity, exclusive: false }, max: { at: Infinity, exclusive: false } }

/** Takes a schema apart into the sorts of value it takes; unions are laid flat and all single values are put together. */
export function optionsOf(node: SchemaNode): readonly Option[] {
  const all = rawOptions(node, 0)
  const values = all.filter((option) => option.kind === 'values')
  if (values.length < 2) return all
  const merged = new Map(values.flatMap((option) => option.values.map((value) => [canonical(value), value])))
  const unknown = values.map((option) => option.unknown).join('')
  return [...all.filter((option) => option.kind !== 'values'), { kind: 'values', values: [...merged.values()], unknown }]
}

function rawOptions(node: SchemaNode, depth: number): readonly Option[] {
  const { schema } = resolved(node)
  if (schema === false || depth > 20) return []
  if (schema === true) return [{ kind: 'anything', unknown: '' }]
  const union = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(union)) return union.flatMap((part) => rawOptions(within(node, part), depth + 1))
  if ('const' in schema) return [{ kind: 'values', values: [schema['const'] as Json], unknown: unknownIn(schema, ['const', 'type']) }]
  if (Array.isArray(schema['enum']))
    return [{ kind: 'values', values: schema['enum'] as Json[], unknown: unknownIn(schema, ['enum', 'type']) }]
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  return types.map((type) => optionOfType(type, { ...flattened(schema), type }, node))
}

/** `allOf` holds further patterns and multiples only: contracts have no intersections. */
function flattened(schema: Schema): Schema {
  const parts = Array.isArray(schema['allOf']) ? (schema['allOf'] as Schema[]) : []
  const foldable = parts.every((part) => Object.keys(part).every((keyword) => keyword === 'pattern' || keyword === 'multipleOf'))
  if (!foldable) return schema
  const { allOf: _parts, ...own } = schema
  const gathered = (keyword: string): unknown[] => [own, ...parts].flatMap((part) => (keyword in part ? [part[keyword]] : []))
  return { ...own, pattern: gathered('pattern'), multipleOf: gathered('multipleOf') }
}

function optionOfType(type: unknown, schema: Schema, node: SchemaNode): Option {
  if (type === 'null') return { kind: 'values', values: [null], unknown: unknownIn(schema, ['type']) }
  if (type === 'boolean') return { kind: 'values', values: [true, false], unknown: unknownIn(schema, ['type']) }
  if (type === 'string') return textOf(schema)
  if (type === 'number' || type === 'integer') return numbersOf(schema)
  if (type === 'array') return listOf(schema, node)
  if (type === 'object') return fieldsOf(schema, node)
  return { kind: 'anything', unknown: unknownIn(schema, ['type']) }
}

function textOf(schema: Schema): Text {
  return {
    kind: 'text',
    min: numberIn(schema['minLength'], 0),
    max: numberIn(schema['maxLength'], Infinity),
    format: typeof schema['format'] === 'string' ? schema['format'] : undefined,
    patterns: (schema['pattern'] as string[]).toSorted(),
    unknown: unknownIn(schema, ['type', 'minLength', 'maxLength', 'format', 'pattern']),
  }
}

function numbersOf(schema: Schema): Numbers {
  const whole = schema['type'] === 'integer'
  const bound = (keyword: string, side: 'min' | 'max'): Bound => {
    const [inclusive, exclusive] = [schema[keyword], schema[`exclusive${keyword[0]?.toUpperCase()}${keyword.slice(1)}`]]
    const limits = [
      { at: numberIn(inclusive, unbounded[side].at), exclusive: false },
      { at: numberIn(exclusive, unbounded[side].at), exclusive: typeof exclusive === 'number' },
    ]
    const tightest = limits.toSorted((a, b) => (side === 'min' ? b.at - a.at : a.at - b.at) || Number(b.exclusive) - Number(a.exclusive))
    const limit = tightest[0] ?? unbounded[side]
    // a whole number is a safe one: JSON readers in every language agree no further
    return whole && Math.abs(limit.at) >= Number.MAX_SAFE_INTEGER ? unbounded[side] : limit
  }
  return {
    kind: 'number',
    whole,
    min: bound('minimum', 'min'),
    max: bound('maximum', 'max'),
    multiples: (schema['multipleOf'] as number[]).toSorted((a, b) => a - b),
    unknown: unknownIn(schema, ['type', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']),
  }
}

function listOf(schema: Schema, node: SchemaNode): List {
  const prefix = (Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : []).map((part: unknown) => within(node, part))
  return {
    kind: 'list',
    items: within(node, schema['items'] ?? true),
    prefix,
    min: numberIn(schema['minItems'], 0),
    max: Math.min(numberIn(schema['maxItems'], Infinity), schema['items'] === false ? prefix.length : Infinity),
    unknown: unknownIn(schema, ['type', 'items', 'prefixItems', 'minItems', 'maxItems']),
  }
}

function fieldsOf(schema: Schema, node: SchemaNode): Fields {
  const { additionalProperties: additional, propertyNames } = schema
  const properties = recordOf(schema['properties'])
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : [])
  const nodeFor = (name: string): SchemaNode => within(node, Object.hasOwn(properties, name) ? properties[name] : (additional ?? true))
  const names = [...new Set([...Object.keys(properties), ...required])]
  return {
    kind: 'object',
    fields: Object.fromEntries(names.map((name) => [name, { node: nodeFor(name), required: required.has(name) }])),
    rest: additional === undefined ? 'unsaid' : additional === false ? 'nothing' : within(node, additional),
    names: propertyNames === undefined ? undefined : within(node, propertyNames),
    unknown: unknownIn(schema, ['type', 'properties', 'required', 'additionalProperties', 'propertyNames']),
  }
}

function unknownIn(schema: Schema, known: readonly string[]): string {
  const others = Object.entries(schema).filter(
    ([keyword, value]) =>
      !known.includes(keyword) && !annotations.has(keyword) && !keyword.startsWith('x-') && !(Array.isArray(value) && value.length === 0),
  )
  return others.length === 0 ? '' : canonical(Object.fromEntries(others))
}

function numberIn(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
