import { expect, it } from 'vitest'
import { comparable } from './user.ts'

it('takes addresses that differ in letter case for one', () => {
  expect(comparable('Ada@Example.COM')).toBe(comparable('ada@example.com'))
})

it('keeps addresses apart that differ in more', () => {
  expect(comparable('ada+shop@example.com')).not.toBe(comparable('ada@example.com'))
})
