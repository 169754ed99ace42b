import { anyNumber } from './numbers.ts'
import type { Random } from './random.ts'
import type { ListShape, RecordShape, Schema, Shape } from './shape.ts'
import type { ReadShapes } from './shapes-of.ts'
import { anyText } from './texts.ts'

/** Below this many levels only what must be there is made, so that recursive schemas end. */
const deepest = 6

/** What values are made with. */
export interface Making {
  readonly shapesOf: ReadShapes
  readonly random: Random
}

/** Makes a value of a schema by chance. Throws `RangeError` where none was found. */
export function anyValue(schema: Schema, making: Making, depth = 0): unknown {
  const shapes = making.shapesOf(schema)
  const plain = shapes.filter(({ kind }) => kind !== 'record' && kind !== 'list')
  const shape = making.random.pick(depth > deepest && plain.length > 0 ? plain : shapes)
  if (shape === undefined) throw new RangeError('nothing fits this schema')
  return valueOf(shape, making, depth)
}

/** Makes a value of one shape by chance. */
export function valueOf(shape: Shape, making: Making, depth: number): unknown {
  switch (shape.kind) {
    case 'exactly':
      return shape.value
    case 'anything':
      return making.random.pick(['tea', 7, true, null])
    case 'text':
      return anyText(shape, making.random)
    case 'number':
      return anyNumber(shape, making.random)
    case 'list':
      return listOf(shape, making, depth)
    case 'record':
      return recordOf(shape, making, depth)
  }
}

function listOf({ first, rest, fewest, most }: ListShape, making: Making, depth: number): unknown[] {
  const length = depth > deepest ? fewest : making.random.int(fewest, Math.min(most, fewest + 3))
  return listOfLength({ first, rest, fewest, most }, length, (item) => anyValue(item, making, depth + 1))
}

/** Makes a list of a length, each item by its own schema. */
export function listOfLength({ first, rest }: Omit<ListShape, 'kind'>, length: number, make: (item: Schema) => unknown): unknown[] {
  return Array.from({ length }, (_, at) => make(first[at] ?? rest ?? {}))
}

function recordOf(shape: RecordShape, making: Making, depth: number): Record<string, unknown> {
  const isThere = (name: string): boolean => shape.required.has(name) || (depth <= deepest && making.random.chance(0.5))
  const names = namesIn(shape).filter(isThere)
  const others =
    shape.rest === undefined || depth > deepest ? [] : Array.from({ length: making.random.int(0, 2) }, () => nameFor(shape, making))
  return recordWith(shape, [...new Set([...names, ...others])], (field) => anyValue(field, making, depth + 1))
}

/** Names the fields that an object has or must have: of a record by an enum none is described by itself. */
export function namesIn({ fields, required }: RecordShape): readonly string[] {
  return [...new Set([...Object.keys(fields), ...required])]
}

/** Makes an object with just these fields. */
export function recordWith(
  { fields, rest }: RecordShape,
  names: readonly string[],
  make: (field: Schema) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, make(fields[name] ?? rest ?? {})]))
}

/** Makes a name for a field that has none of its own. */
export function nameFor({ names }: RecordShape, making: Making): string {
  return String(anyValue(names ?? { type: 'string', minLength: 1, maxLength: 20 }, making))
}
