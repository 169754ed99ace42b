import type { JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKeySet } from './key-set.ts'
import { KeysUnavailableError } from './keys-unavailable.ts'
import { generateSigningKey } from './signing-key.ts'

describe('key set', () => {
  let first: JWK & { kid: string }
  let second: JWK & { kid: string }
  beforeAll(async () => {
    first = (await generateSigningKey('first')).publicJwk as JWK & { kid: string }
    second = (await generateSigningKey('second')).publicJwk as JWK & { kid: string }
  })

  // A source that can be changed and broken, counting how often it is asked.
  const source = (published: JWK[]) => {
    const state = { published, broken: false, asked: 0, now: 0 }
    const load = async (): Promise<JWK[]> => {
      state.asked += 1
      if (state.broken) throw new Error('the issuer is away')
      return state.published
    }
    return { state, keys: createKeySet({ load, refetchGapMs: 30_000, maxAgeMs: 600_000, now: () => state.now }) }
  }

  it('asks once for many who look for the same unknown key', async () => {
    const { state, keys } = source([first])
    await Promise.all(Array.from({ length: 50 }, () => keys.find(first.kid)))
    await Promise.all(Array.from({ length: 50 }, (_, i) => keys.find(`guess-${i}`)))
    expect(state.asked).toBe(1)
  })

  it('finds a key that was added, once the gap is over', async () => {
    const { state, keys } = source([first])
    await keys.find(first.kid)
    state.published = [first, second]
    state.now = 29_999
    expect(await keys.find(second.kid)).toBeUndefined()
    state.now = 30_000
    expect(await keys.find(second.kid)).toBeDefined()
    expect(state.asked).toBe(2)
  })

  it('keeps the last good keys while the source fails or publishes nothing', async () => {
    const { state, keys } = source([first])
    await keys.find(first.kid)
    state.broken = true
    state.now = 30_000
    expect(await keys.find(second.kid)).toBeUndefined()
    state.broken = false
    state.published = []
    state.now = 60_000
    expect(await keys.find(second.kid)).toBeUndefined()
    expect(await keys.find(first.kid)).toBeDefined()
    expect(state.asked).toBe(3)
  })

  it('forgets a withdrawn key when its age is up, and changes its revision', async () => {
    const { state, keys } = source([first, second])
    await keys.find(first.kid)
    const before = keys.revision
    state.published = [second]
    state.now = 600_000
    await keys.find(first.kid)
    await expect.poll(() => keys.find(first.kid)).toBeUndefined()
    expect(keys.revision).toBeGreaterThan(before)
  })

  it('says that it is an outage while no key was ever had, and recovers', async () => {
    const { state, keys } = source([first])
    state.broken = true
    await expect(keys.find(first.kid)).rejects.toThrow(KeysUnavailableError)
    state.broken = false
    state.now = 1_000
    expect(await keys.find(first.kid)).toBeDefined()
  })

  it('passes over keys of kinds it does not use', async () => {
    const secret: JWK = { kty: 'oct', k: 'c2VjcmV0', kid: 'shared', alg: 'HS256' }
    const misused: JWK & { kid: string } = { ...second, alg: 'RS256' }
    const { keys } = source([secret, misused, first])
    expect(await keys.find(first.kid)).toBeDefined()
    expect(await keys.find('shared')).toBeUndefined()
    expect(await keys.find(misused.kid)).toBeUndefined()
  })
})
