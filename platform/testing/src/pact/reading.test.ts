import { expect, it } from 'vitest'
import { allRead, readingOf, type Read } from './reading.ts'

interface Order {
  readonly id: string
  readonly note?: string
  readonly customer: { readonly name: string; readonly email: string }
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}
const order: Order = {
  id: 'o1',
  customer: { name: 'Ada', email: 'ada@example.com' },
  lines: [
    { sku: 'TEA', quantity: 2 },
    { sku: 'POT', quantity: 1 },
  ],
}

/** What was read, as paths. */
function pathsOf({ isRead, fields, items }: Read, path = '$'): string[] {
  const inside = [
    ...[...fields].flatMap(([name, field]) => pathsOf(field, `${path}.${name}`)),
    ...(items === undefined ? [] : pathsOf(items, `${path}[]`)),
  ]
  return inside.length > 0 || !isRead ? inside : [path]
}
function readBy(reader: (given: Order) => unknown): string[] {
  const { value, read } = readingOf(structuredClone(order))
  reader(value as Order)
  return pathsOf(read)
}

it('notes a field that is taken, and no other', () => {
  expect(readBy(({ customer }) => customer.email.length)).toEqual(['$.customer.email'])
})

it('notes nothing of what is only handed on', () => {
  expect(readBy((given) => ({ kept: given.customer }))).toEqual(['$'])
  expect(readBy((given) => [given])).toEqual([])
})

it('notes what is read of elements for all of them together', () => {
  expect(readBy(({ lines }) => lines.map(({ sku }) => sku))).toEqual(['$.lines[].sku'])
  expect(readBy(({ lines }) => lines.find(({ sku }) => sku === 'POT')?.quantity)).toEqual(['$.lines[].sku', '$.lines[].quantity'])
  expect(readBy(({ lines }) => [...lines].length)).toEqual(['$.lines'])
})

it('notes a list of which only the length is read', () => {
  expect(readBy(({ lines }) => lines.length)).toEqual(['$.lines'])
})

it('notes every scalar that is copied, and what is read later of the rest', () => {
  expect(readBy((given) => ({ ...given }))).toEqual(['$.id'])
  expect(readBy((given) => ({ ...given }).customer.name)).toEqual(['$.id', '$.customer.name'])
})

it('notes all of what is written as JSON', () => {
  const everything = ['$.id', '$.customer.name', '$.customer.email', '$.lines[].sku', '$.lines[].quantity']
  expect(readBy((given) => JSON.stringify(given))).toEqual(everything)
  expect(pathsOf(allRead(order))).toEqual(everything)
})

it('reads as the value itself does', () => {
  const { value } = readingOf(order)
  expect(value).toEqual(order)
  expect(Array.isArray((value as Order).lines)).toBe(true)
  expect((value as Order).customer).toBe((value as Order).customer)
})

it('leaves no trace of a field that is not there, or of being awaited', async () => {
  expect(readBy(({ note }) => note)).toEqual([])
  const { value, read } = readingOf({ a: 1 })
  await value
  expect(pathsOf(read)).toEqual([])
})

it('notes that somebody looked whether a field is there', () => {
  expect(readBy((given) => 'customer' in given)).toEqual(['$.customer'])
})
