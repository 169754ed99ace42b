import { optionsOf, type Fields, type List, type Option } from '../schemas/options.ts'
import type { SchemaNode } from '../schemas/schema-node.ts'
import { numbersFor } from './numbers.ts'
import { plainText, textsFor } from './texts.ts'

// Recursive shapes end here at the latest; a shape that must hold itself has no value at all.
const deepest = 12
const mostItems = 300

/** A value that was found; `undefined` stands for none. */
type Found = { readonly value: unknown } | undefined

/** Gives the plainest value a schema takes. */
export function simplest(node: SchemaNode, depth = 0): Found {
  if (depth > deepest) return undefined
  for (const option of optionsOf(node)) {
    const found = simplestOf(option, depth)
    if (found !== undefined) return found
  }
  return undefined
}

/** Gives the plainest value of one option. */
export function simplestOf(option: Option, depth = 0): Found {
  switch (option.kind) {
    case 'anything':
      return { value: 1 }
    case 'values':
      return first(option.values)
    case 'text':
      return found(plainText(option))
    case 'number':
      return first(numbersFor(option))
    case 'list':
      return listOf(option, option.min, depth)
    case 'object':
      return objectOf(option, requiredNames(option), depth)
  }
}

/** Gives values of one option that differ as much as they can, the plainest first; `against` are options of the other version. */
export function variantsOf(option: Option, against: readonly Option[]): unknown[] {
  switch (option.kind) {
    case 'anything':
      return [1, 'a', true, null, [], {}, 1.5]
    case 'values':
      return [...option.values]
    case 'text':
      return textsFor(option, lengthsAround(against, 'text'))
    case 'number':
      return numbersFor(
        option,
        against.filter((one) => one.kind === 'number'),
      )
    case 'list':
      return lengthsOf(option, against).flatMap((length) => unpacked(listOf(option, length, 0)))
    case 'object': {
      const required = requiredNames(option)
      const optional = Object.keys(option.fields).filter((name) => !required.includes(name))
      const choices = [required, [...required, ...optional], ...optional.map((name) => [...required, name])]
      const made = choices.flatMap((names) => unpacked(objectOf(option, names, 0)))
      return [...made, ...made.slice(0, 1).flatMap((base) => withStranger(option, base))]
    }
  }
}

function lengthsAround(against: readonly Option[], kind: 'text' | 'list'): number[] {
  return against.flatMap((one) => (one.kind === kind ? [one.min - 1, one.min, one.max, one.max + 1] : [])).filter(Number.isFinite)
}

function lengthsOf({ min, max }: List, against: readonly Option[]): number[] {
  const lengths = [min, min + 1, max, ...lengthsAround(against, 'list')]
  return [...new Set(lengths)].filter((length) => length >= min && length <= Math.min(max, mostItems))
}

function listOf({ items, prefix }: List, length: number, depth: number): Found {
  const made = Array.from({ length }, (_, at) => (at > 0 && at > prefix.length ? 'same' : simplest(prefix[at] ?? items, depth + 1)))
  const value: unknown[] = []
  for (const one of made) {
    if (one === undefined) return undefined
    value.push(one === 'same' ? value.at(-1) : one.value)
  }
  return { value }
}

function objectOf({ fields }: Fields, names: readonly string[], depth: number): Found {
  const entries: [string, unknown][] = []
  for (const name of names) {
    const field = fields[name]
    const found = field && simplest(field.node, depth + 1)
    if (found === undefined) return undefined
    entries.push([name, found.value])
  }
  return { value: Object.fromEntries(entries) }
}

/** A field nobody declared, where one may stand. */
function withStranger({ rest, names }: Fields, base: unknown): unknown[] {
  if (rest === 'nothing') return []
  const name = names === undefined ? 'other' : simplest(names)?.value
  const values = rest === 'unsaid' ? [1, 'a'] : [...unpacked(simplest(rest)), 'a']
  return typeof name === 'string' && typeof base === 'object' ? values.map((value) => ({ ...base, [name]: value })) : []
}

function requiredNames({ fields }: Fields): string[] {
  return Object.entries(fields).flatMap(([name, { required }]) => (required ? [name] : []))
}

function first(values: readonly unknown[]): Found {
  return values.length === 0 ? undefined : { value: values[0] }
}

function found(value: unknown): Found {
  return value === undefined ? undefined : { value }
}

function unpacked(found: Found): unknown[] {
  return found === undefined ? [] : [found.value]
}
