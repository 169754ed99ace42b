import { defineContract, deprecated, mutation, query, z } from '@ashlar/contract'

const Price = z.object({ amountMinor: z.int().min(0), currency: z.string() }).meta({ id: 'Price' })
const Leaf = z
  .object({
    name: z.string(),
    get leaves() {
      return z.array(Leaf)
    },
  })
  .meta({ id: 'Leaf' })

/** A shape of every kind that a contract may hold. */
const everything = {
  text: z.string(),
  maybe: z.string().optional(),
  orNull: z.string().nullable(),
  preset: z.int().min(0).max(9).default(3),
  count: z.int().min(1).max(2_147_483_647),
  large: z.int().min(0),
  below: z.int().gt(-5).lt(5),
  ratio: z.number(),
  isGood: z.boolean(),
  mood: z.enum(['glad', 'sad']),
  always: z.literal('tea'),
  odd: z.literal(['yes', 1, null]),
  price: Price,
  own: z.object({ inner: z.array(z.object({ deep: z.string() })) }),
  prices: z.array(Price).optional(),
  byName: z.record(z.string(), Price),
  labels: z.record(z.string(), z.string()).optional(),
  grid: z.array(z.array(z.int())),
  gaps: z.array(z.string().nullable()),
  pair: z.tuple([z.string(), z.int()]),
  sparse: z.record(z.string(), z.string().nullable()),
  open: z.looseObject({ a: z.string() }),
  anything: z.unknown(),
  tree: Leaf,
  payment: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('gift-card'), code: z.string() }),
    z.strictObject({ method: z.literal(['cash', 'coins']), amount: Price }),
  ]),
  unfit: z.discriminatedUnion('level', [z.object({ level: z.literal(1) }), z.object({ level: z.literal(2), x: z.string() })]),
  theURL: z.string(),
  line1: z.string(),
  old: deprecated(z.string().optional(), { since: '2026-01-01' }),
}

/** A contract with every kind of shape, for what is written from contracts. */
export const attic = defineContract({
  name: 'attic',
  version: 2,
  operations: {
    lookUp: query({
      input: z.strictObject(everything),
      output: z.object(everything),
      errors: { not_there: { status: 'NOT_FOUND', data: z.object({ shelf: z.string() }) }, too_dark: { status: 'CONFLICT' } },
      policy: { access: 'open' },
    }),
    countBoxes: query({ input: z.strictObject({}), output: z.int().max(100).min(0).nullable(), policy: { access: 'open' } }),
    listBoxes: query({ input: z.strictObject({}), output: z.array(Price), policy: { access: 'open' } }),
    grow: mutation({
      input: Leaf,
      output: Leaf,
      policy: { access: 'open' },
      deprecated: { since: '2026-01-01' },
    }),
  },
})
