import { expect, it } from 'vitest'
import { replyWaitMs } from './wait-for-reply.ts'

const waits = (timeoutMs: number, random: number) =>
  [1, 2, 3, 4, 5, 6, 99].map((attempt) => replyWaitMs({ timeoutMs, attempts: 20 }, attempt, random))

it('doubles the wait up to a minute', () => {
  expect(waits(5_000, 0)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000])
})

it('spreads sagas out by a quarter at most, and never waits less than asked', () => {
  expect(waits(5_000, 0.5)[0]).toBe(5_625)
  expect(waits(90_000, 0)).toEqual(Array.from({ length: 7 }, () => 90_000))
})
