import { z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { valuesOf, valuesOfSchema } from './values-of.ts'

const Line = z.strictObject({
  sku: z
    .string()
    .max(40)
    .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/),
  quantity: z.int().min(1).max(999),
})
const Payment = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('card'),
    token: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[A-Za-z0-9_-]+$/),
  }),
  z.strictObject({ method: z.literal('wallet') }),
])
const Name = z
  .string()
  .min(2)
  .max(20)
  .regex(/^\P{Cc}+$/u)
  .regex(/[\p{L}\p{N}]/u)
const Order = z.strictObject({
  orderId: z.uuid(),
  email: z.email().max(254),
  name: Name,
  status: z.enum(['open', 'closed']),
  lines: z.array(Line).min(1).max(50),
  payment: Payment,
  note: z.string().max(10).nullable(),
  gift: z.boolean().optional(),
  prices: z.record(z.string(), z.number().positive()),
  place: z.tuple([z.number(), z.number()]),
  placedAt: z.iso.datetime(),
  limit: z.int().min(1).max(100).default(20),
})

const aboutsOf = (found: readonly { about: string }[]) => found.map(({ about }) => about)

it('makes valid values, other ones each time, the same ones for a seed', () => {
  const [one, same, other] = [valuesOf(Order, 'input', 7), valuesOf(Order, 'input', 7), valuesOf(Order, 'input', 8)]
  const made = Array.from({ length: 200 }, () => one.any())
  expect(made.filter((value) => !Order.safeParse(value).success)).toEqual([])
  expect(new Set(made.map((value) => JSON.stringify(value))).size).toBe(200)
  expect(Array.from({ length: 200 }, () => same.any())).toEqual(made)
  expect(other.any()).not.toEqual(made[0])
  expect([same.boundaries(), same.invalid()]).toEqual([one.boundaries(), one.invalid()])
})

it('goes to every edge, and no further', () => {
  const found = valuesOf(Order, 'input', 1).boundaries()
  expect(found.filter(({ value }) => !Order.safeParse(value).success)).toEqual([])
  expect(aboutsOf(found)).toEqual(
    expect.arrayContaining([
      'only what is required',
      'everything',
      'only gift of what is optional',
      '.name: the shortest',
      '.name: the longest',
      '.name: right to left',
      '.status: "open"',
      '.status: "closed"',
      '.lines: only 1',
      '.lines: all 50',
      '.lines[0].sku: the longest',
      '.lines[0].quantity: the least',
      '.lines[0].quantity: the most',
      '.payment.method: "card"',
      '.payment.method: "wallet"',
      '.note: null',
      '.note: the longest',
      '.email: the longest',
    ]),
  )
})

it('makes values that are refused, at the very place that is wrong', () => {
  const found = valuesOf(Order, 'input', 1).invalid()
  const misplaced = found.filter(({ value, path }) => {
    const issues = Order.safeParse(value).error?.issues ?? []
    const paths = issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
    )
    return !paths.some((one) => JSON.stringify(one) === JSON.stringify(path))
  })
  expect(misplaced).toEqual([])
  expect(aboutsOf(found)).toEqual(
    expect.arrayContaining([
      'array instead',
      '.orderId: missing',
      '.orderId: null instead',
      '.name: too short',
      '.name: too long',
      '.status: "no such word", which is none of the words',
      '.lines: too few',
      '.lines: too many',
      '.lines[0].sku: too long',
      '.lines[0].quantity: below the least',
      '.lines[0].quantity: above the most',
      '.lines[0].quantity: between two steps',
      '.lines[0]: a field nobody promised',
      '.payment.method: missing',
      '.payment.token: too short',
      'a field nobody promised',
      '.place: too many',
    ]),
  )
})

it.each([
  ['a record by words', z.record(z.enum(['red', 'green']), z.int().min(1).max(3))],
  ['a record by a pattern', z.record(z.string().regex(/^[a-z]{2}$/), z.int())],
  ['an object of any fields', z.looseObject({ name: z.string() })],
  ['anything', z.object({ any: z.unknown() })],
  ['words of a template', z.templateLiteral(['tea-', z.int().min(0)])],
  ['an address', z.url()],
  ['bytes', z.base64()],
  ['a day and a time', z.tuple([z.iso.date(), z.iso.time(), z.iso.datetime({ offset: true })])],
  ['numbers of steps', z.tuple([z.number().multipleOf(5).min(7).max(12), z.number().gt(0).lt(1)])],
  ['a text that begins, holds and ends', z.string().startsWith('tea:').includes('-').endsWith('!').max(20)],
  ['one of few texts, or none', z.enum(['x']).nullable()],
  ['literals of all sorts', z.literal(['a', 1, true, null])],
])('knows %s', (_what, shape) => {
  const values = valuesOf(shape, 'input', 1)
  const made = Array.from({ length: 20 }, () => values.any())
  expect(made.filter((value) => !shape.safeParse(value).success)).toEqual([])
  expect(values.boundaries().length).toBeGreaterThan(0)
  expect(values.invalid().length).toBeGreaterThan(0)
})

describe('a JSON Schema', () => {
  it('is followed through its names, also in circles', () => {
    const Tree = {
      type: 'object',
      properties: { name: { type: 'string', maxLength: 5 }, twigs: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
      required: ['name', 'twigs'],
    }
    const values = valuesOfSchema({ $ref: '#/$defs/Tree', $defs: { Tree } }, { seed: 3 })
    expect(values.any()).toMatchObject({ name: expect.any(String), twigs: expect.any(Array) })
    expect(aboutsOf(values.boundaries())).toContain('.twigs[0].name: the longest')
  })

  it('has the last word on what is wrong, and on what is not', () => {
    const accepts = (value: unknown): boolean => typeof value === 'number' && value !== 3
    const values = valuesOfSchema({ type: 'integer', minimum: 1, maximum: 3 }, { seed: 3, accepts })
    expect(new Set(values.invalid().map(({ value }) => typeof value))).not.toContain('number')
    expect(values.boundaries().map(({ value }) => value)).toEqual([1])
  })

  it('that nothing fits is said to be so', () => {
    const values = valuesOfSchema({ type: 'string' }, { seed: 3, accepts: () => false })
    expect(() => values.any()).toThrow('no value was found')
  })
})
