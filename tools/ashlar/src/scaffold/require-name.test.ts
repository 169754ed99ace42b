import { expect, it } from 'vitest'
import { RefusedError, UsageError } from '../command.ts'
import { requireName } from './require-name.ts'

it.each([
  ['contract', 'Reviews', 'use one lower-case word of at most 32 letters and digits, as in orders'],
  ['contract', 'package', '"package" is a reserved word in Go, Java'],
  ['contract', 'dlq', 'the platform uses it itself'],
  ['contract', 'gateway', '"gateway" is taken here already'],
  ['contract', 'postgres', '"postgres" is taken here already'],
  ['operation', 'place-order', 'use a verb and a noun in camelCase, as in placeOrder'],
  ['operation', 'events', 'contracts and clients have a member of that name'],
  ['operation', 'local', '"local" is taken here already'],
  ['operation', 'delete', '"delete" is taken here already'],
  ['event', 'OrderPlaced', 'use a noun and a past participle in camelCase'],
  ['event', 'replay', 'its subject carries redeliveries'],
] as const)('refuses a %s called %s, and says why', (sort, name, why) => {
  expect(() => requireName(sort, name)).toThrow(RefusedError)
  expect(() => requireName(sort, name)).toThrow(why)
})

it('asks for a name where there is none', () => {
  expect(() => requireName('event', undefined)).toThrow(UsageError)
})

it.each([
  ['contract', 'reviews'],
  ['operation', 'placeOrder'],
  ['event', 'orderPlaced'],
] as const)('takes a %s called %s', (sort, name) => {
  expect(requireName(sort, name)).toBe(name)
})
