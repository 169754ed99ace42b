import { defineContract, failed, query, subscription, tracked, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { local, service, streamed } from './index.ts'

const pots = defineContract({
  name: 'pots',
  version: 1,
  operations: {
    getPot: query({ input: z.strictObject({}), output: z.object({ cups: z.int() }), policy: { access: 'open' } }),
    watchPot: subscription({
      input: z.strictObject({ potId: z.string() }),
      output: z.object({ cups: z.int(), state: z.enum(['cold', 'warm']) }),
      errors: { no_pot: { status: 'NOT_FOUND', data: z.object({ potId: z.string() }) } },
      policy: { access: 'customer' },
    }),
  },
})

const getPot = local(pots.getPot, () => () => Promise.resolve({ cups: 1 }))
const watchPot = streamed(pots.watchPot, (_needs: { shelf: string }) => ({
  topic: ({ potId }, { customer }) => `${customer.id} ${potId}`,
  read: ({ potId }, { after }) =>
    Promise.resolve(after > 9 ? failed('no_pot', { potId }) : { items: [tracked(after + 1, { cups: 1, state: 'warm' })], isOver: false }),
}))

describe('the handler of a subscription', () => {
  it('is put together with the others, and what it needs is asked for', () => {
    const definition = service(pots, { operations: { getPot, watchPot }, needs: { shelf: 'left' } })
    expect(Object.keys(definition.operations)).toEqual(['getPot', 'watchPot'])
    // @ts-expect-error the shelf is missing
    service(pots, { operations: { getPot, watchPot }, needs: {} })
  })

  it('does not compile as that of a call, nor that of a call as one', () => {
    const called = local(pots.watchPot, () => () => Promise.resolve({ cups: 1, state: 'warm' as const }))
    // @ts-expect-error a subscription is answered by a stream
    const wrong = service(pots, { operations: { getPot, watchPot: called }, needs: { shelf: 'left' } })
    expect(wrong.contract).toBe(pots)
  })

  it('does not compile with an item, or a refusal, that the contract does not know', () => {
    const hot = [tracked(1, { cups: 1, state: 'hot' as const })]
    // @ts-expect-error a pot is never hot
    streamed(pots.watchPot, () => ({ topic: () => '', read: async () => ({ items: hot, isOver: true }) }))
    // @ts-expect-error the contract declares no_pot only
    streamed(pots.watchPot, () => ({ topic: () => '', read: async () => failed('no_tea') }))
    expect(watchPot.shape).toBe('streamed')
  })
})
