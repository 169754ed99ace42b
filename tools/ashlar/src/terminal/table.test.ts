import { expect, it } from 'vitest'
import { counted } from './counted.ts'
import { table } from './table.ts'

it('makes columns of cells', () => {
  expect(
    table([
      ['tea', '2'],
      ['coffee', '10'],
    ]),
  ).toEqual(['tea      2', 'coffee   10'])
})

it('lets no cell break its line or drive the terminal', () => {
  expect(table([['a\r\nb\u001b[2Jc', 'd']])).toEqual(['a b [2Jc   d'])
})

it('counts one and several', () => {
  expect([0, 1, 2].map((count) => counted(count, 'attempt'))).toEqual(['0 attempts', '1 attempt', '2 attempts'])
})
