import { catalogue } from '@contracts/catalogue'
import { expect, it } from 'vitest'
import { byPlace, pageOf, readCursor } from './page.ts'

const place = (n: number, name = 'Cup') => ({ name, id: `01935b00-7e57-7000-8000-00000000000${n}` })

it('says where the next page begins, and reads it again', () => {
  const { items, nextCursor } = pageOf([place(1), place(2), place(3)], 2)
  expect(items).toEqual([place(1), place(2)])
  expect(readCursor(nextCursor ?? '')).toEqual(place(2))
})

it('says nothing of a next page on the last one', () => {
  expect(pageOf([place(1), place(2)], 2)).toStrictEqual({ items: [place(1), place(2)] })
  expect(pageOf([], 2)).toStrictEqual({ items: [] })
})

it('words every name as the contract wants a cursor, the longest too', () => {
  for (const name of ['Thé vert', '煎茶 No. 7', 'é'.repeat(150)]) {
    const { nextCursor: cursor = '' } = pageOf([place(1, name), place(2)], 1)
    expect(catalogue.listProducts.input.parse({ cursor })).toMatchObject({ cursor })
    expect(readCursor(cursor)).toEqual(place(1, name))
  }
})

it('does not take what it never gave out', () => {
  const { id } = place(1)
  const bytes = [Buffer.from('{"id":1}'), Buffer.from(id), Buffer.from(`${id}\0`), Buffer.from([...Buffer.from(id), 0xff])]
  const madeUp = [...bytes.map((one) => one.toString('base64url')), `${pageOf([place(1), place(2)], 1).nextCursor}A`, 'A']
  expect(madeUp.map(readCursor)).toEqual(madeUp.map(() => undefined))
})

it('puts things in the order of their names, and of their ids where names are the same', () => {
  const shuffled = [place(3), place(1), place(2, 'Bowl'), place(2)]
  expect(shuffled.toSorted(byPlace)).toEqual([place(2, 'Bowl'), place(1), place(2), place(3)])
})
