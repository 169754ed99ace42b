import type { JsonSchema } from './json-schema.ts'
import { pascalCase } from './shape-names.ts'

interface Naming {
  /** Keeps an inner shape under its name. */
  readonly keep: (name: string, shape: JsonSchema) => void
  /** What a `$ref` to a shape of this id becomes. */
  readonly nameOf: (id: string) => string
}

/** What is said about the place rather than about the shape that stands there. */
export const annotations: readonly string[] = [
  'default',
  'deprecated',
  'description',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
  'x-deprecation',
]

/**
 * Gives every object, union and enum inside a shape a name of its own, from where it stands (`OrderHistoryStatus`), and puts a
 * reference in its place: each language then makes a class of that name. Lists whose order means nothing are sorted.
 */
export function nameInnerShapes(shape: JsonSchema, { name, keep, nameOf }: Naming & { name: string }): JsonSchema {
  const inner = (schema: unknown, innerName: string): unknown => {
    if (!isSchema(schema)) return schema
    if (!deservesName(schema)) return nameInnerShapes(schema, { name: innerName, keep, nameOf })
    const entries = Object.entries(schema).filter(([keyword, value]) => !saysNothing(keyword, value))
    const own = Object.fromEntries(entries.filter(([keyword]) => !annotations.includes(keyword)))
    keep(innerName, nameInnerShapes(own, { name: innerName, keep, nameOf }))
    return { $ref: refTo(innerName), ...Object.fromEntries(entries.filter(([keyword]) => annotations.includes(keyword))) }
  }
  return Object.fromEntries(
    Object.entries(shape)
      .filter(([keyword, value]) => !saysNothing(keyword, value))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([keyword, value]) => [keyword, rewritten(keyword, value)]),
  )

  function rewritten(keyword: string, value: unknown): unknown {
    switch (keyword) {
      case '$ref':
        return typeof value === 'string' ? refTo(nameOf(value.replace('#/$defs/', ''))) : value
      case 'properties':
        return isSchema(value)
          ? Object.fromEntries(
              Object.entries(value)
                .toSorted(([a], [b]) => (a < b ? -1 : 1))
                .map(([field, schema]) => [field, inner(schema, name + pascalCase(field))]),
            )
          : value
      case 'items':
        return inner(value, `${name}Item`)
      case 'additionalProperties':
        return inner(value, `${name}Value`)
      case 'prefixItems':
        return Array.isArray(value) ? value.map((item, at) => inner(item, `${name}Item${at + 1}`)) : value
      case 'oneOf':
        return Array.isArray(value) ? inOrder(value.map((option, at) => inner(option, name + optionName(option, at)))) : value
      case 'anyOf':
      case 'allOf':
        return Array.isArray(value) ? value.map((option) => inner(option, name)) : value
      case 'required':
      case 'enum':
        return Array.isArray(value) ? inOrder(value) : value
      default:
        return value
    }
  }
}

function refTo(name: string): string {
  return `#/$defs/${name}`
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function deservesName(schema: JsonSchema): boolean {
  return schema.properties !== undefined || Array.isArray(schema['oneOf']) || (schema['type'] === 'string' && Array.isArray(schema['enum']))
}

/** Keys of a JSON object are text anyway. That TypeScript may not write to a value is nothing to others, who would leave a `readOnly` field out of requests. */
function saysNothing(keyword: string, value: unknown): boolean {
  return keyword === 'readOnly' || (keyword === 'propertyNames' && JSON.stringify(value) === '{"type":"string"}')
}

/** The word that tells this option of a union from the others. */
function optionName(option: JsonSchema, at: number): string {
  const words: unknown[] = Object.values(option.properties ?? {}).map((property) => property['const'])
  const word = words.find((value): value is string => typeof value === 'string')
  return word === undefined ? `Option${at + 1}` : pascalCase(word)
}

function inOrder(values: readonly unknown[]): unknown[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
