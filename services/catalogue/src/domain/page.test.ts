import { expect, it } from 'vitest'
import { pageOf, readCursor } from './page.ts'

const id = (n: number) => ({ id: `01935b00-7e57-7000-8000-00000000000${n}` })

it('says where the next page begins, and reads it again', () => {
  const { items, nextCursor } = pageOf([id(1), id(2), id(3)], 2)
  expect(items).toEqual([id(1), id(2)])
  expect(readCursor(nextCursor ?? '')).toBe(id(2).id)
})

it('says nothing of a next page on the last one', () => {
  expect(pageOf([id(1), id(2)], 2)).toEqual({ items: [id(1), id(2)] })
})

it('does not take what it never gave out', () => {
  expect(readCursor('eyJpZCI6MX0')).toBeUndefined()
})
