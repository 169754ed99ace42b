import { defineContract, failed, mutation, query, z } from '@ashlar/contract'
import { implement, type Implementation } from '@ashlar/rpc'

const TeaId = z.string().min(1).max(40)

/** A small contract with an operation for everything the gateway decides. */
export const teas = defineContract({
  name: 'teas',
  version: 1,
  operations: {
    getTea: query({
      input: z.strictObject({ teaId: TeaId }),
      output: z.object({ teaId: TeaId }),
      errors: { tea_not_found: { status: 'NOT_FOUND', data: z.object({ teaId: TeaId }) } },
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/teas/{teaId}' },
    }),
    listTeas: query({
      input: z.strictObject({
        search: z.string().optional(),
        limit: z.int().max(100).default(20),
        fresh: z.boolean().optional(),
        strengths: z.array(z.int()).optional(),
      }),
      output: z.object({ asked: z.string() }),
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/teas' },
    }),
    addTea: mutation({
      input: z.strictObject({ teaId: TeaId }),
      output: z.object({ teaId: TeaId }),
      policy: { access: { roles: ['keeper'] } },
      rest: { method: 'POST', path: '/v1/teas', status: 201 },
    }),
    brewTea: mutation({
      input: z.strictObject({ teaId: TeaId, cups: z.int().min(1).max(9) }),
      output: z.object({ teaId: TeaId, cups: z.int(), brewedFor: z.string() }),
      errors: { no_water: { status: 'CONFLICT', data: z.object({ litres: z.number() }) } },
      policy: { access: 'customer', idempotency: 'key' },
      rest: { method: 'POST', path: '/v1/teas/{teaId}/brews', status: 202 },
    }),
    forgetTea: mutation({
      input: z.strictObject({ teaId: TeaId }),
      output: z.object({}),
      policy: { access: 'customer' },
      rest: { method: 'DELETE', path: '/v1/teas/{teaId}', status: 204 },
    }),
    reviewTea: mutation({
      input: z.strictObject({ words: z.string() }),
      output: z.object({ length: z.int() }),
      policy: { access: 'open' },
      rest: { method: 'POST', path: '/v1/reviews' },
      hints: { maxBodyBytes: 2_048, rateClass: 'reviews' },
    }),
    steepTea: query({
      input: z.strictObject({ teaId: TeaId }),
      output: z.object({}),
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/steeps/{teaId}' },
      hints: { timeoutMs: 400 },
    }),
    restock: mutation({ input: z.strictObject({}), output: z.object({}), policy: { access: { services: ['stores'] } } }),
  },
})

export const cups = defineContract({
  name: 'cups',
  version: 1,
  operations: {
    countCups: query({
      input: z.strictObject({}),
      output: z.object({ cups: z.int() }),
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/cups' },
    }),
    findMyCup: query({
      input: z.strictObject({}),
      output: z.object({ owner: z.string() }),
      policy: { access: 'customer' },
      rest: { method: 'GET', path: '/v1/cups/mine' },
    }),
  },
})

/** Keeps the teas: there is no tea called `coffee`, no water for nine cups, and whoever steeps waits until nobody does any more. */
export function keepTeas({ onGivenUp = () => undefined }: { onGivenUp?: () => void } = {}): Implementation {
  return implement(teas, {
    getTea: async ({ teaId }) => (teaId === 'coffee' ? failed('tea_not_found', { teaId }) : { teaId }),
    listTeas: async (input) => ({ asked: JSON.stringify(input) }),
    addTea: async ({ teaId }) => ({ teaId }),
    brewTea: async ({ teaId, cups: count }, { principal }) =>
      count === 9
        ? failed('no_water', { litres: 0.5 })
        : { teaId, cups: count, brewedFor: 'id' in principal ? principal.id : principal.kind },
    forgetTea: async () => ({}),
    reviewTea: async ({ words }) => ({ length: words.length }),
    steepTea: (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          onGivenUp()
          reject(new Error('given up', { cause: signal.reason }))
        })
      }),
    restock: async () => ({}),
  })
}

/** Keeps the cups. */
export function keepCups(): Implementation {
  return implement(cups, {
    countCups: async () => ({ cups: 12 }),
    findMyCup: async (_input, { principal }) => ({ owner: 'id' in principal ? principal.id : principal.kind }),
  })
}
