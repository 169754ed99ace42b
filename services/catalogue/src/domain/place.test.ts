import { expect, it } from 'vitest'
import { byPlace } from './place.ts'

const place = (n: number, name = 'Cup') => ({ name, id: `01935b00-7e57-7000-8000-00000000000${n}` })

it('puts things in the order of their names, and of their ids where names are the same', () => {
  const shuffled = [place(3), place(1), place(2, 'Bowl'), place(2)]
  expect(shuffled.toSorted(byPlace)).toEqual([place(2, 'Bowl'), place(1), place(2), place(3)])
})
