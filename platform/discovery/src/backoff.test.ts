import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

const bounds = (capMs: number) => [1, 2, 3, 4, 5, 20, 2_000].map((failures) => backoffMs(failures, { capMs, random: () => 1 }))

it('tries again within a second three times, then less and less often, down to the cap', () => {
  expect(bounds(30_000)).toEqual([250, 500, 1_000, 2_000, 4_000, 30_000, 30_000])
})

it('spreads over the whole time below the bound', () => {
  expect(backoffMs(8, { capMs: 30_000, random: () => 0 })).toBe(0)
  expect(backoffMs(8, { capMs: 30_000, random: () => 0.5 })).toBe(15_000)
})
