import type { Fields, List, Numbers, Option, Text } from './options.ts'
import { optionsOf } from './options.ts'
import { isSame, type SchemaNode } from './schema-node.ts'

/** Tells whether a schema takes a value, as far as its keywords are known here; a format without a pattern is believed to hold. */
export function accepts(node: SchemaNode, value: unknown): boolean {
  return optionsOf(node).some((option) => optionAccepts(option, value))
}

/** Tells whether one option takes a value. */
export function optionAccepts(option: Option, value: unknown): boolean {
  switch (option.kind) {
    case 'anything':
      return true
    case 'values':
      return option.values.some((one) => isSame(one, value))
    case 'text':
      return typeof value === 'string' && textAccepts(option, value)
    case 'number':
      return typeof value === 'number' && numberAccepts(option, value)
    case 'list':
      return Array.isArray(value) && listAccepts(option, value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && fieldsAccept(option, value as Record<string, unknown>)
  }
}

function textAccepts({ min, max, patterns }: Text, value: string): boolean {
  return value.length >= min && value.length <= max && patterns.every((pattern) => expression(pattern).test(value))
}

/** Reads a pattern as JSON Schema means it, by code points where that is possible. */
export function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return new RegExp(pattern)
  }
}

function numberAccepts({ whole, min, max, multiples }: Numbers, value: number): boolean {
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) return false
  if (min.exclusive ? value <= min.at : value < min.at) return false
  if (max.exclusive ? value >= max.at : value > max.at) return false
  return multiples.every((step) => Math.abs(Math.round(value / step) * step - value) < 1e-9)
}

function listAccepts({ items, prefix, min, max }: List, value: readonly unknown[]): boolean {
  return value.length >= min && value.length <= max && value.every((one, at) => accepts(prefix[at] ?? items, one))
}

function fieldsAccept({ fields, rest, names }: Fields, value: Record<string, unknown>): boolean {
  if (Object.entries(fields).some(([name, { required }]) => required && !Object.hasOwn(value, name))) return false
  return Object.entries(value).every(([name, one]) => {
    if (names !== undefined && !accepts(names, name)) return false
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field !== undefined) return accepts(field.node, one)
    return rest === 'unsaid' || (rest !== 'nothing' && accepts(rest, one))
  })
}

/** A format that is not spelt out as a pattern may refuse what its keywords take. */
export function optionTakesSurely(option: Option, value: unknown): boolean {
  const isSpeltOut = option.kind !== 'text' || option.format === undefined || option.patterns.length > 0
  return option.unknown === '' && isSpeltOut && optionAccepts(option, value)
}
