import type { ContractShapes } from '../json-schema/contract-shapes.ts'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import type { MessageMembers } from './field-numbers.ts'

/**
 * Lists what needs numbers in each shape: the fields of an object, the values of an enum, the options of a union by the word
 * that tells them apart. A shape that is none of these (text, a list, a map) is carried by a message with the one field `value`.
 */
export function messageMembers({ shapes }: Pick<ContractShapes, 'shapes'>): MessageMembers {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, membersOf(shape, shapes)]))
}

function membersOf(shape: JsonSchema, shapes: ContractShapes['shapes']): string[] {
  if (shape.properties !== undefined) return Object.keys(shape.properties)
  if (Array.isArray(shape['oneOf'])) return shape['oneOf'].map((option: JsonSchema) => optionOf(option, shapes))
  if (Array.isArray(shape['enum']) && shape['type'] === 'string') return shape['enum'].map(String)
  return ['value']
}

function optionOf({ $ref }: JsonSchema, shapes: ContractShapes['shapes']): string {
  const name = String($ref).replace('#/$defs/', '')
  const words = Object.values(shapes[name]?.properties ?? {}).map((property) => property['const'])
  return String(words.find((word) => typeof word === 'string') ?? name)
}
