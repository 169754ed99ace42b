import { expect, it } from 'vitest'
import { StatementNames } from './statement-names.ts'

it('gives one text one name and two texts two', () => {
  const names = new StatementNames(10)
  expect(names.nameOf('select 1')).toBe(names.nameOf('select 1'))
  expect(names.nameOf('select 1')).not.toBe(names.nameOf('select 2'))
})

it('fits the 63 bytes PostgreSQL keeps of a name', () => {
  expect(new StatementNames(10).nameOf(`select ${'x'.repeat(500)}`)?.length).toBeLessThan(63)
})

it('names no text past its limit, and keeps naming those it knows', () => {
  const names = new StatementNames(1)
  const first = names.nameOf('select 1')
  expect(names.nameOf('select 2')).toBeUndefined()
  expect(names.nameOf('select 1')).toBe(first)
})

it('leaves several statements in one text unnamed, since they cannot be prepared', () => {
  expect(new StatementNames(10).nameOf('select 1; select 2')).toBeUndefined()
})

it('gives a text a new name once, however many connections found its old plan stale', () => {
  const names = new StatementNames(10)
  const stale = names.nameOf('select 1') ?? ''
  names.renew('select 1', stale)
  const renewed = names.nameOf('select 1')
  names.renew('select 1', stale)
  expect(renewed).not.toBe(stale)
  expect(names.nameOf('select 1')).toBe(renewed)
})
