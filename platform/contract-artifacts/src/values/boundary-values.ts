import { anyValue, listOfLength, nameFor, namesIn, recordWith, type Making } from './any-value.ts'
import { inside, type DescribedValue } from './described-value.ts'
import { boundaryNumbers } from './numbers.ts'
import type { ListShape, RecordShape, Schema, Shape } from './shape.ts'
import { boundaryTexts } from './texts.ts'

const deepest = 5
/** Lists longer than this are not made to be full. */
const longestList = 1_000

/** Makes values at the edges of what a schema allows, each with one thing about it, the rest by chance: every variant, every bound, every field there and not. */
export function boundaryValues(schema: Schema, making: Making, depth = 0): DescribedValue[] {
  return depth > deepest ? [] : making.shapesOf(schema).flatMap((shape) => boundariesOf(shape, making, depth))
}

function boundariesOf(shape: Shape, making: Making, depth: number): DescribedValue[] {
  switch (shape.kind) {
    case 'exactly':
      return [{ about: JSON.stringify(shape.value), value: shape.value }]
    case 'anything':
      return [null, '', 0, false, [], {}].map((value) => ({ about: `anything, as ${JSON.stringify(value)}`, value }))
    case 'text':
      return boundaryTexts(shape, making.random)
    case 'number':
      return boundaryNumbers(shape)
    case 'list':
      return listBoundaries(shape, making, depth)
    case 'record':
      return recordBoundaries(shape, making, depth)
  }
}

function listBoundaries(shape: ListShape, making: Making, depth: number): DescribedValue[] {
  const make = (item: Schema): unknown => anyValue(item, making, depth + 1)
  const some = Math.min(shape.most, Math.max(1, shape.fewest))
  const items = shape.rest === undefined ? shape.first : [...shape.first, shape.rest]
  return [
    { about: shape.fewest === 0 ? 'empty' : `only ${shape.fewest}`, value: listOfLength(shape, shape.fewest, make) },
    ...(shape.most > shape.fewest && shape.most <= longestList
      ? [{ about: `all ${shape.most}`, value: listOfLength(shape, shape.most, make) }]
      : []),
    ...items.flatMap((item, at) =>
      boundaryValues(item, making, depth + 1).map(({ about, value }) => ({
        about: inside(`[${at}]`, about),
        value: listOfLength(shape, Math.max(some, at + 1), make).with(at, value),
      })),
    ),
  ]
}

function recordBoundaries(shape: RecordShape, making: Making, depth: number): DescribedValue[] {
  const { fields, required, rest } = shape
  const names = namesIn(shape)
  const optional = names.filter((name) => !required.has(name))
  const having = (wanted: readonly string[]): Record<string, unknown> =>
    recordWith(shape, wanted, (field) => anyValue(field, making, depth + 1))
  return [
    ...(optional.length > 0
      ? [
          { about: 'only what is required', value: having([...required]) },
          { about: 'everything', value: having(names) },
        ]
      : []),
    ...(optional.length > 1
      ? optional.map((name) => ({ about: `only ${name} of what is optional`, value: having([...required, name]) }))
      : []),
    ...names.flatMap((name) =>
      boundaryValues(fields[name] ?? rest ?? {}, making, depth + 1).map(({ about, value }) => ({
        about: inside(`.${name}`, about),
        value: { ...having(names.filter((one) => one !== name)), [name]: value },
      })),
    ),
    ...(rest === undefined
      ? []
      : boundaryValues(rest, making, depth + 1).map(({ about, value }) => {
          const name = nameFor(shape, making)
          return { about: inside(`{${name}}`, about), value: { ...having([...required]), [name]: value } }
        })),
    ...(names.length === 0 && rest === undefined ? [{ about: 'empty', value: {} }] : []),
  ]
}
