import { optionsOf, type Fields, type Option } from './options.ts'
import { canonical, type Json } from './schema-node.ts'

/** What tells an option from the others of its union: for an object the values of its fields that have one only, else its type. */
export function labelOf(option: Option): string {
  if (option.kind !== 'object') return option.kind
  const told = Object.entries(option.fields).flatMap(([name, field]) => {
    const value = field.required ? onlyValueOf(option, name) : undefined
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : []
  })
  const [first] = told
  return first === undefined ? 'object' : first[1]
}

function onlyValueOf({ fields }: Fields, name: string): Json | undefined {
  const field = fields[name]
  const [only, ...others] = field === undefined ? [] : optionsOf(field.node)
  return only?.kind === 'values' && only.values.length === 1 && others.length === 0 ? only.values[0] : undefined
}

/** Names a sort of value in a sentence: `a text`, `a whole number`, `"card"`. */
export function nameOf(option: Option): string {
  switch (option.kind) {
    case 'anything':
      return 'anything'
    case 'values':
      return listed(option.values)
    case 'text':
      return option.format === undefined ? 'a text' : `a text (${option.format})`
    case 'number':
      return option.whole ? 'a whole number' : 'a number'
    case 'list':
      return 'a list'
    case 'object':
      return labelOf(option) === 'object' ? 'an object' : `"${labelOf(option)}"`
  }
}

/** Writes values as a person lists them. */
export function listed(values: readonly Json[]): string {
  const isBoolean = values.length === 2 && values.includes(true) && values.includes(false)
  if (isBoolean) return 'true or false'
  const written = values.map((value) => canonical(value))
  return written.length < 2 ? (written[0] ?? 'nothing') : `${written.slice(0, -1).join(', ')} or ${written.at(-1)}`
}
