import { describe, expect, it } from 'vitest'
import { openHeldShop } from './held-shop.ts'
import { pactFiles } from './pact-files.ts'

const held = await openHeldShop()

describe.each([...pactFiles().keys()])('%s', (provider) => {
  it('is as every consumer reads it', async () => {
    const { replayed, problems } = await held.hold(provider)
    expect(problems).toEqual([])
    expect(replayed.flatMap(({ broken }) => broken)).toEqual([])
    expect(replayed.length).toBeGreaterThan(0)
  })
})
