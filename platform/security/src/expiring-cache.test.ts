import { describe, expect, it } from 'vitest'
import { createExpiringCache } from './expiring-cache.ts'

describe('expiring cache', () => {
  it('never holds more than it may, and lets go of what was used least recently', () => {
    const cache = createExpiringCache<number>({ maxEntries: 3, now: () => 0 })
    for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index, 100)
    cache.get('a')
    cache.set('d', 3, 100)
    expect(cache.size).toBe(3)
    expect(cache.get('a')).toBe(0)
    expect(cache.get('b')).toBeUndefined()
    for (let index = 0; index < 1_000; index += 1) cache.set(`key ${index}`, index, 100)
    expect(cache.size).toBe(3)
  })

  it('does not push another out when a value is replaced', () => {
    const cache = createExpiringCache<number>({ maxEntries: 2, now: () => 0 })
    cache.set('a', 1, 100)
    cache.set('b', 1, 100)
    cache.set('b', 2, 100)
    expect([cache.get('a'), cache.get('b')]).toEqual([1, 2])
  })

  it('forgets a value at its own time', () => {
    let now = 0
    const cache = createExpiringCache<string>({ maxEntries: 2, now: () => now })
    cache.set('a', 'good until 10', 10)
    now = 9
    expect(cache.get('a')).toBe('good until 10')
    now = 10
    expect(cache.get('a')).toBeUndefined()
    expect(cache.size).toBe(0)
  })
})
