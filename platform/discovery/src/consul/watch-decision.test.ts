import { expect, it } from 'vitest'
import type { Instance } from '../registry.ts'
import { afterAnswer, afterFailure, doubtMs, nextRequest, unheard, type HealthAnswer, type WatchState } from './watch-decision.ts'

const instance = (id: string): Instance => ({ id, service: 'tea', host: '127.0.0.1', port: 80, contracts: [] })
const answer = (index: number, passing: string[], failing: string[] = []): HealthAnswer => ({
  index,
  heard: { passing: passing.map((id) => instance(id)), failing },
})
const ids = (state: WatchState) => state.known.map(({ id }) => id)
const knowing = (...passing: string[]) => afterAnswer(unheard, answer(10, passing), 0)

it('asks for an answer at once, then waits for what comes after it', () => {
  expect(nextRequest(unheard, 0)).toMatchObject({ index: 0, consistency: 'stale' })
  expect(nextRequest(knowing('a'), 0)).toEqual({ index: 10, waitMs: 30_000, consistency: 'stale' })
})

it('starts over when the index went back, and never asks after 0', () => {
  expect(nextRequest(afterAnswer(knowing('a'), answer(9, ['a']), 0), 0).index).toBe(0)
  expect(nextRequest(afterAnswer(unheard, answer(0, ['a']), 0), 0).index).toBe(1)
})

it('keeps the same table when an answer says nothing new', () => {
  const before = knowing('b', 'a')
  expect(afterAnswer(before, answer(11, ['a', 'b']), 0).known).toBe(before.known)
})

it('drops an instance that is listed as failing, the only one and in doubt too', () => {
  expect(ids(afterAnswer(knowing('a'), answer(11, [], ['a']), 0))).toEqual([])
  expect(ids(afterAnswer(afterFailure(knowing('a', 'b')), answer(3, ['b'], ['a']), 0))).toEqual(['b'])
})

it('asks the leader before it believes that nobody is left, then believes it', () => {
  const asking = afterAnswer(knowing('a'), answer(11, []), 0)
  expect(ids(asking)).toEqual(['a'])
  expect(nextRequest(asking, 0)).toMatchObject({ index: 0, consistency: 'consistent' })
  expect(ids(afterAnswer(asking, answer(11, []), 0))).toEqual([])
})

it('keeps those nobody mentions after an outage, until the doubt is over', () => {
  const back = afterAnswer(afterFailure(knowing('a', 'b')), answer(4, ['b']), 1_000)
  expect(ids(back)).toEqual(['a', 'b'])
  const wait = nextRequest(back, 21_000)
  expect(wait.waitMs).toBe(doubtMs - 20_000)
  expect(ids(afterAnswer(back, answer(4, ['b']), 21_000 + wait.waitMs))).toEqual(['b'])
})

it('keeps the last instances of a Consul that came back empty, asking the leader each time', () => {
  const empty = afterAnswer(afterFailure(knowing('a')), answer(2, []), 0)
  const held = afterAnswer(empty, answer(2, []), 10)
  expect(ids(held)).toEqual(['a'])
  expect(held.isVerifying).toBe(false)
  const over = afterAnswer(afterAnswer(held, answer(2, []), doubtMs), answer(2, []), doubtMs)
  expect(ids(over)).toEqual([])
})

it('doubts an index that went back as much as an outage', () => {
  expect(ids(afterAnswer(knowing('a', 'b'), answer(5, ['b']), 0))).toEqual(['a', 'b'])
})

it('asks at once after a failure: a Consul without memory would wait for an index it has yet to reach', () => {
  expect(nextRequest(afterFailure(knowing('a')), 0)).toMatchObject({ index: 0, consistency: 'stale' })
  expect(ids(afterFailure(afterFailure(knowing('a'))))).toEqual(['a'])
})

it('does not doubt the first answer of all: there is nothing to lose', () => {
  expect(afterAnswer(afterFailure(unheard), answer(5, ['a']), 7).doubtUntil).toBe(-Infinity)
})
