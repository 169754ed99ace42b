import { expect, it } from 'vitest'
import { UnknownWayError } from '../unknown-way.ts'
import { chooseWays } from './ways.ts'

it('adds what a way is compared with', () => {
  expect(chooseWays(['server/hono']).map(({ name }) => name)).toEqual(['server/raw', 'server/trpc', 'server/hono'])
})

it('knows whole groups, and all', () => {
  const clients = chooseWays(['client'])
  expect(new Set(clients.map(({ group }) => group))).toEqual(new Set(['client']))
  expect(clients.map(({ name }) => name)).toContain('client/ours')
  expect(new Set(chooseWays(undefined).map(({ group }) => group))).toEqual(new Set(['server', 'client', 'hop']))
})

it('gives each way a name of its own', () => {
  const names = chooseWays(undefined).map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

it('refuses what there is not, and says what there is', () => {
  expect(() => chooseWays(['server/express'])).toThrow(UnknownWayError)
  expect(() => chooseWays(['server/express'])).toThrow(/no server\/express.*server\/ours/)
})
