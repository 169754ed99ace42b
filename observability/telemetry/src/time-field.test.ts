import { expect, it } from 'vitest'
import { timeField } from './time-field.ts'

it('writes what a date would, also where a second or a year ends, and when the clock is put back', () => {
  const end = Date.UTC(2026, 11, 31, 23, 59, 59, 998)
  const times = [0, 1, 2, 11, 101, 999, 1_000, 60_000, -5_000, -4_999, 0].map((after) => end + after)
  const rest = [...times]
  const field = timeField(() => rest.shift() ?? 0)
  expect(times.map(() => field())).toEqual(times.map((at) => `,"time":"${new Date(at).toISOString()}"`))
})
