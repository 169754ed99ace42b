import { anyValue, listOfLength, nameFor, recordWith, valueOf, type Making } from './any-value.ts'
import { inside, type DescribedValue, type InvalidValue } from './described-value.ts'
import { invalidNumbers } from './numbers.ts'
import type { ListShape, RecordShape, Schema, Shape } from './shape.ts'
import { invalidTexts } from './texts.ts'

const deepest = 5
const longestList = 1_000
const oneOfEachType = [null, true, 7.5, 'something else', [], {}]

/** Makes values that a schema refuses, each wrong in one place. Where a schema has several shapes, what is wrong for one may be right for another: that is for the caller to find out. */
export function invalidValues(schema: Schema, making: Making, depth = 0): InvalidValue[] {
  if (depth > deepest) return []
  const shapes = making.shapesOf(schema)
  const kinds = new Set(shapes.flatMap((shape) => typesOf(shape)))
  const strangers = oneOfEachType
    .filter((value) => !kinds.has(typeOf(value)) && !kinds.has('any'))
    .map((value) => ({ about: `${typeOf(value)} instead`, path: [], value }))
  return [...strangers, ...unknownWords(shapes), ...shapes.flatMap((shape) => invalidOf(shape, making, depth))]
}

/** Names what JSON calls the type of a value. */
function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

function typesOf(shape: Shape): string {
  switch (shape.kind) {
    case 'exactly':
      return typeOf(shape.value)
    case 'anything':
      return 'any'
    case 'text':
      return 'string'
    case 'number':
      return 'number'
    case 'list':
      return 'array'
    case 'record':
      return 'object'
  }
}

function unknownWords(shapes: readonly Shape[]): InvalidValue[] {
  const words = shapes.flatMap((shape) => (shape.kind === 'exactly' && typeof shape.value === 'string' ? [shape.value] : []))
  const [word] = words
  if (word === undefined || shapes.some(({ kind }) => kind === 'text')) return []
  const others = ['no such word', word.toUpperCase(), `${word} `, ''].filter((other) => !words.includes(other))
  return others.map((value) => ({ about: `${JSON.stringify(value)}, which is none of the words`, path: [], value }))
}

function invalidOf(shape: Shape, making: Making, depth: number): InvalidValue[] {
  const here = (found: readonly DescribedValue[]): InvalidValue[] => found.map((one) => ({ ...one, path: [] }))
  switch (shape.kind) {
    case 'exactly':
    case 'anything':
      return []
    case 'text':
      return here(invalidTexts(shape, making.random))
    case 'number':
      return here(invalidNumbers(shape))
    case 'list':
      return [...here(wrongLengths(shape, making, depth)), ...invalidItems(shape, making, depth)]
    case 'record':
      return [...wrongFields(shape, making, depth), ...invalidFields(shape, making, depth)]
  }
}

function wrongLengths(shape: ListShape, making: Making, depth: number): DescribedValue[] {
  const make = (item: Schema): unknown => anyValue(item, making, depth + 1)
  return [
    ...(shape.fewest > 0 ? [{ about: 'too few', value: listOfLength(shape, shape.fewest - 1, make) }] : []),
    ...(shape.most < longestList ? [{ about: 'too many', value: listOfLength(shape, shape.most + 1, make) }] : []),
  ]
}

function invalidItems(shape: ListShape, making: Making, depth: number): InvalidValue[] {
  const items = shape.rest === undefined ? shape.first : [...shape.first, shape.rest]
  return items.flatMap((item, at) =>
    invalidValues(item, making, depth + 1).map(({ about, path, value }) => ({
      about: inside(`[${at}]`, about),
      path: [at, ...path],
      value: listOfLength(shape, Math.max(shape.fewest, at + 1), (one) => anyValue(one, making, depth + 1)).with(at, value),
    })),
  )
}

const stranger = 'notPromised'

function wrongFields(shape: RecordShape, making: Making, depth: number): InvalidValue[] {
  const whole = (): Record<string, unknown> => valueOf(shape, making, depth) as Record<string, unknown>
  return [
    ...[...shape.required].map((name) => {
      const { [name]: _left, ...value } = whole()
      return { about: inside(`.${name}`, 'missing'), path: [name], value }
    }),
    ...(shape.isClosed ? [{ about: 'a field nobody promised', path: [stranger], value: { ...whole(), [stranger]: 1 } }] : []),
  ]
}

function invalidFields(shape: RecordShape, making: Making, depth: number): InvalidValue[] {
  const others = (name: string): Record<string, unknown> =>
    recordWith(
      shape,
      [...shape.required].filter((one) => one !== name),
      (field) => anyValue(field, making, depth + 1),
    )
  const wrongIn = (name: string, field: Schema): InvalidValue[] =>
    invalidValues(field, making, depth + 1).map(({ about, path, value }) => ({
      about: inside(`.${name}`, about),
      path: [name, ...path],
      value: { ...others(name), [name]: value },
    }))
  return [
    ...Object.entries(shape.fields).flatMap(([name, field]) => wrongIn(name, field)),
    ...(shape.rest === undefined ? [] : wrongIn(nameFor(shape, making), shape.rest)),
  ]
}
