import { describe, expect, it } from 'vitest'
import { defineContract, parseAnswer, subscription, tracked, z, type Tracked } from './index.ts'

const { watchPot } = defineContract({
  name: 'pots',
  version: 1,
  operations: { watchPot: subscription({ input: z.strictObject({}), output: z.object({ cups: z.int() }), policy: { access: 'open' } }) },
}).operations

describe('an item of a subscription', () => {
  it('has an id that an event stream can carry', () => {
    expect(tracked(7, { cups: 1 })).toEqual({ id: '7', data: { cups: 1 } })
    for (const id of ['', '1\n2', 'a\rb', '\0']) expect(() => tracked(id, 1)).toThrow(TypeError)
  })

  it('is checked when it is taken, and what the contract does not name is left out', async () => {
    async function* brewing() {
      yield tracked(1, { cups: 1, brewer: 'Ada' })
      yield tracked(2, { cups: 'two' })
    }
    const answer = parseAnswer(watchPot, brewing())
    const items = (answer.ok ? answer.value : undefined) as AsyncGenerator<Tracked>
    expect((await items.next()).value).toEqual({ id: '1', data: { cups: 1 } })
    await expect(items.next()).rejects.toThrow('pots.v1/watchPot answered an output its contract does not allow: cups')
  })

  it('is not what a handler may answer instead of items', () => {
    expect(() => parseAnswer(watchPot, { cups: 1 })).toThrow('something else than items')
  })
})
