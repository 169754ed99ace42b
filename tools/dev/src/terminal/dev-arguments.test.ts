import { expect, it } from 'vitest'
import { readDevArguments } from './dev-arguments.ts'

it('runs everything and keeps its data unless told otherwise', () => {
  expect(readDevArguments([])).toEqual({ kind: 'run', only: undefined, data: 'kept' })
  expect(readDevArguments(['--only', 'orders, catalogue', '--fresh'])).toEqual({
    kind: 'run',
    only: ['orders', 'catalogue'],
    data: 'emptied',
  })
})

it.each([
  [['--frsh'], /--frsh/],
  [['orders'], /orders/],
  [['--only'], /--only/],
  [['--only', ','], /names no service/],
])('refuses %j, saying what it did not understand', (words, reason) => {
  expect(readDevArguments(words)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) })
})
