import { describe, expect, it } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

const limit = { limit: 3, windowSeconds: 60 }

function limiterAt(clock: { seconds: number }): RateLimiter {
  return new RateLimiter({ now: () => clock.seconds * 1_000 })
}

describe('the rate limiter', () => {
  it('admits up to the limit and then says when to come back', () => {
    const clock = { seconds: 0 }
    const limiter = limiterAt(clock)
    for (let request = 0; request < 3; request += 1) expect(limiter.admit('a', limit)).toEqual({ admitted: true })
    const refused = limiter.admit('a', limit)
    expect(refused.admitted).toBe(false)
    clock.seconds += refused.admitted ? 0 : refused.retryAfterSeconds
    expect(limiter.admit('a', limit)).toEqual({ admitted: true })
  })

  it('counts each key apart', () => {
    const limiter = limiterAt({ seconds: 0 })
    for (let request = 0; request < 3; request += 1) limiter.admit('a', limit)
    expect(limiter.admit('b', limit)).toEqual({ admitted: true })
  })

  it('gives no second helping at the border of two windows', () => {
    const clock = { seconds: 59 }
    const limiter = limiterAt(clock)
    for (let request = 0; request < 3; request += 1) limiter.admit('a', limit)
    clock.seconds = 61
    expect(limiter.admit('a', limit).admitted).toBe(false)
  })

  it.each([1, 2, 100])('never sends anybody away for longer than the window, whatever came when: limit %i', (most) => {
    const slow = { limit: most, windowSeconds: 900 }
    const clock = { seconds: 0.3 }
    const limiter = limiterAt(clock)
    for (let step = 0; step < 5_000; step += 1) {
      // bursts, then silence, in no rhythm with the window
      clock.seconds += step % 250 < 200 ? 0.01 : 37.7
      const answer = limiter.admit('a', slow)
      if (answer.admitted) continue
      expect(answer.retryAfterSeconds).toBeGreaterThanOrEqual(1)
      expect(answer.retryAfterSeconds).toBeLessThanOrEqual(900)
    }
  })

  it('keeps its word: who comes back when told to is admitted', () => {
    for (const seconds of [0.3, 30, 59.9]) {
      const clock = { seconds }
      const limiter = limiterAt(clock)
      for (let round = 0; round < 50; round += 1) {
        const first = limiter.admit('a', limit)
        clock.seconds += first.admitted ? 0.4 : first.retryAfterSeconds
        const second = first.admitted ? first : limiter.admit('a', limit)
        expect(second).toEqual({ admitted: true })
      }
    }
  })

  it('sends nobody away for longer than it takes until one request fits', () => {
    const clock = { seconds: 10 }
    const limiter = limiterAt(clock)
    for (clock.seconds of [10, 20, 30]) limiter.admit('a', limit)
    clock.seconds = 31
    // by then two of three, taken to be spread evenly from 10 to 30, still lie in the window
    expect(limiter.admit('a', limit)).toEqual({ admitted: false, retryAfterSeconds: 46 })
  })

  it('forgets after two silent windows', () => {
    const clock = { seconds: 0 }
    const limiter = limiterAt(clock)
    for (let request = 0; request < 3; request += 1) limiter.admit('a', limit)
    clock.seconds = 121
    for (let request = 0; request < 3; request += 1) expect(limiter.admit('a', limit)).toEqual({ admitted: true })
  })

  it('makes room for new keys without forgetting those that still count', () => {
    const clock = { seconds: 0 }
    const limiter = new RateLimiter({ now: () => clock.seconds * 1_000, maxKeys: 100 })
    const slow = { limit: 1, windowSeconds: 900 }
    for (let key = 0; key < 95; key += 1) limiter.admit(`fast ${key}`, limit)
    clock.seconds = 130
    limiter.admit('sign-in', slow)
    for (let key = 0; key < 50; key += 1) limiter.admit(`late ${key}`, limit)
    expect(limiter.size).toBeLessThanOrEqual(100)
    expect(limiter.admit('sign-in', slow).admitted).toBe(false)
  })

  it('never remembers more keys than it may', () => {
    const limiter = new RateLimiter({ now: () => 0, maxKeys: 100 })
    for (let key = 0; key < 10_000; key += 1) limiter.admit(`caller ${key}`, limit)
    expect(limiter.size).toBeLessThanOrEqual(100)
  })
})
