import { expect, it } from 'vitest'
import { isAtLeast } from './from-path.ts'

it.each([
  ['2.11.0', true],
  ['2.15.1', true],
  ['3.0.0', true],
  ['2.9.25', false],
  ['2.10.99', false],
])('nats-server %s is new enough: %s', (version, expected) => {
  expect(isAtLeast(version, '2.11.0')).toBe(expected)
})
