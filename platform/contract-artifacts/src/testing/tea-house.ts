import { defineContract, deprecated, event, mutation, query, z } from '@ashlar/contract'

/** A shape whose accepted form is another than its given one. */
const Brew = z.object({ teaId: z.string(), minutes: z.int().min(1).max(30).default(3), milk: z.enum(['none', 'oat']) }).meta({ id: 'Brew' })

interface Shelf {
  readonly label: string
  readonly shelves: readonly Shelf[]
}
const Shelf: z.ZodType<Shelf> = z
  .object({
    label: z.string(),
    get shelves() {
      return z.array(Shelf)
    },
  })
  .meta({ id: 'Shelf' })

const Cash = z.strictObject({ method: z.literal('cash') }).meta({ id: 'Cash' })
const Payment = z.discriminatedUnion('method', [Cash, z.strictObject({ method: z.literal('card'), token: z.string().min(1) })])

const teaBrewed = event({ version: 1, aggregate: 'teaId', key: 'teaId', data: Brew })
const cupsWashed = event({
  version: 2,
  aggregate: 'sinkId',
  key: 'sinkId',
  data: z.object({ sinkId: z.string(), cups: z.int() }),
  deprecated: { since: '2026-11-01' },
})

const brewTea = mutation({
  input: z.strictObject({
    brew: Brew,
    payment: Payment.nullable(),
    cups: z.array(z.strictObject({ size: z.enum(['small', 'large']), sugar: z.number().optional() })).min(1),
    guest: z
      .string()
      .min(1)
      .max(40)
      .regex(/^\P{Cc}+$/u)
      .regex(/\S/),
  }),
  output: Brew,
  errors: { no_water: { status: 'CONFLICT', data: z.object({ litres: z.number() }) }, closed_today: { status: 'CONFLICT' } },
  policy: { access: 'customer', idempotency: 'key' },
  emits: [teaBrewed, cupsWashed],
  hints: { timeoutMs: 900, rateClass: 'kettle' },
  rest: { method: 'POST', path: '/v1/brews', status: 202 },
})

const findTea = query({
  input: z.strictObject({ teaId: z.string(), language: z.enum(['en', 'de']).default('en'), fresh: z.boolean().optional() }),
  output: z.object({
    teaId: z.string(),
    label: deprecated(z.string().optional(), { since: '2026-11-01', use: 'name' }),
    name: z.string(),
    origin: z.string().nullable(),
    prices: z.record(z.string(), z.int()),
    pair: z.tuple([z.string(), z.int()]),
  }),
  errors: { tea_not_found: { status: 'NOT_FOUND', data: z.object({ teaId: z.string() }) } },
  policy: { access: 'open' },
  rest: { method: 'GET', path: '/v1/teas/{teaId}' },
})

const washCups = mutation({
  input: z.strictObject({ sinkId: z.string(), cups: z.int().min(1) }),
  output: z.object({}),
  policy: { access: { roles: ['washer', 'boss'] } },
  deprecated: { since: '2026-11-01', sunset: '2027-05-01', use: 'brewTea' },
  rest: { method: 'DELETE', path: '/v1/sinks/{sinkId}', status: 204 },
})

const listShelves = query({
  input: z.strictObject({}),
  output: z.array(Shelf),
  policy: { access: { services: ['kitchen', 'attic'] } },
})

/** A contract with a bit of everything that has to be written down. */
export const teaHouse = defineContract({
  name: 'teahouse',
  version: 1,
  operations: { brewTea, findTea, washCups, listShelves },
  events: { teaBrewed, cupsWashed },
})
