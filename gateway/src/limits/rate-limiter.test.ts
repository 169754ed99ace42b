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

  it('forgets after two silent windows', () => {
    const clock = { seconds: 0 }
    const limiter = limiterAt(clock)
    for (let request = 0; request < 3; request += 1) limiter.admit('a', limit)
    clock.seconds = 121
    for (let request = 0; request < 3; request += 1) expect(limiter.admit('a', limit)).toEqual({ admitted: true })
  })
})
