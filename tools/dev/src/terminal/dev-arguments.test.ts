import { expect, it } from 'vitest'
import { readDevArguments, takenByNpm } from './dev-arguments.ts'

it('runs everything and keeps its data unless told otherwise', () => {
  expect(readDevArguments([])).toEqual({ kind: 'run', only: undefined, data: 'kept' })
  expect(readDevArguments(['--only', 'orders, catalogue', '--fresh'])).toEqual({
    kind: 'run',
    only: ['orders', 'catalogue'],
    data: 'emptied',
  })
})

it.each([
  [['--frsh'], /^Unknown option '--frsh'\.?$/],
  [['orders'], /npm run dev -- --only orders$/],
  [['--only'], /^Option '--only <value>' argument missing$/],
  [['--only', ','], /names no service/],
])('refuses %j, saying what it did not understand', (words, reason) => {
  expect(readDevArguments(words)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) })
})

it('does not keep the data when npm has swallowed the wish to forget it', () => {
  expect(takenByNpm({ npm_config_fresh: 'true' })).toMatch(/npm run dev -- --fresh/)
  expect(takenByNpm({ npm_config_registry: 'https://registry.example' })).toBeUndefined()
})
