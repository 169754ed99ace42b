import { expect, it } from 'vitest'
import { fullBucket, pollLimits, takeToken } from './token-bucket.ts'

/** Polls as fast as the bucket allows; gives the time of each poll. */
function pollTimes(count: number): number[] {
  let bucket = fullBucket(0)
  let now = 0
  return Array.from({ length: count }, () => {
    const taken = takeToken(bucket, now)
    bucket = taken.bucket
    return (now += taken.waitMs)
  })
}

it('lets two polls through at once and the third after a second', () => {
  expect(pollTimes(3)).toEqual([0, 0, 1_000])
})

it('slows down while the churn lasts, to one poll in four seconds', () => {
  const times = pollTimes(40)
  const gaps = times.map((time, index) => time - (times[index - 1] ?? 0)).slice(2)
  expect(gaps).toEqual(gaps.toSorted((one, other) => one - other))
  expect(gaps.at(-1)).toBe(pollLimits.slowestRefillMs)
})

it('is quick again once it had time to fill up', () => {
  let { bucket } = takeToken(takeToken(takeToken(fullBucket(0), 0).bucket, 0).bucket, 0)
  expect(bucket.refillMs).toBeGreaterThan(pollLimits.refillMs)
  const rested = takeToken(bucket, 60_000)
  expect(rested.waitMs).toBe(0)
  bucket = takeToken(rested.bucket, 60_000).bucket
  expect(takeToken(bucket, 60_000).waitMs).toBe(1_000)
})

it('counts part of a token as time already waited', () => {
  const empty = takeToken(takeToken(fullBucket(0), 0).bucket, 0).bucket
  expect(takeToken(empty, 400).waitMs).toBeCloseTo(600)
})
