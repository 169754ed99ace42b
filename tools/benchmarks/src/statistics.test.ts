import { expect, it } from 'vitest'
import { addedTo, median, quantile } from './statistics.ts'

it('gives the value that a share of all values does not exceed', () => {
  const values = [5, 1, 4, 2, 3]
  expect([0, 0.2, 0.21, 0.5, 0.99, 1].map((share) => quantile(values, share))).toEqual([1, 1, 2, 3, 5, 5])
  expect(values).toEqual([5, 1, 4, 2, 3])
})

it('sorts numbers as numbers', () => {
  expect(median([100, 9, 20])).toBe(20)
})

it('compares round with round, so that a round in which everything was slow says nothing', () => {
  expect(addedTo([100, 200, 900], [110, 215, 910])).toBe(10)
})

it('refuses to tell of nothing, and to compare what was not run side by side', () => {
  expect(() => median([])).toThrow(RangeError)
  expect(() => addedTo([1, 2], [1])).toThrow('side by side')
})
