import { isDeepStrictEqual } from 'node:util'
import { anything, assert, constantFrom, integer, oneof, property, tuple, type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compileReader, unsure } from './compile-reader.ts'

/** A schema with values, most of which it takes. */
interface Sample {
  readonly schema: z.ZodType
  readonly value: unknown
}

const leafSchemas: readonly (readonly [object, ...unknown[]])[] = [
  [z.string(), '', 'a', '🫖'],
  [z.string().max(3), 'abc', '🫖🫖🫖', '🫖🫖🫖🫖', 'abcd'],
  [z.string().min(2).max(4), 'ab', 'abcd', '🫖', '🫖🫖', 'a'],
  [z.string().regex(/^[A-Z]+(-[A-Z]+)*$/), 'AB-C', 'A-', 'A\n'],
  [z.uuid(), '0f2e4c1a-8f3b-4a55-9d0e-6b7c1d2e3f40', '0f2e4c1a'],
  [z.iso.datetime(), '2026-11-21T10:00:00Z', '2026-13-21T10:00:00Z'],
  [z.number(), 0, -0, 1.5, NaN, Infinity],
  [z.number().min(-1).max(3), -1, 3, 3.001],
  [z.number().gt(0).lt(2), 1, 0, 2],
  [z.int().min(0), 0, -0, 7, 2 ** 60, 1.5],
  [z.boolean(), true, false, 0],
  [z.enum(['open', 'paid']), 'open', 'paid', 'OPEN'],
  [z.literal(['a', 1, null, true]), 'a', 1, null, true, '1'],
  [z.string().nullable(), null, 'a'],
  [z.array(z.int()).min(1).max(2), [1], [1, 2], [], [1, 2, 3]],
  // and some that have no short way
  [z.string().trim(), ' a ', 'a'],
  [z.string().refine((text) => text !== 'a'), 'a', 'b'],
  [z.union([z.string(), z.int()]), 'a', 1],
  [z.number().multipleOf(2), 2, 3],
  [z.string().transform((text) => text.length), 'a'],
  [z.record(z.string(), z.int()), { a: 1 }],
  [z.unknown(), 1, {}],
]
const anywhere = oneof(constantFrom(undefined, null, '', 0, true, NaN, 2 ** 60), constantFrom<unknown>([], {}, [null]), anything())
const leaf: Arbitrary<Sample> = constantFrom(...leafSchemas).chain(([schema, ...values]) =>
  oneof({ arbitrary: constantFrom(...values), weight: 20 }, { arbitrary: anywhere, weight: 1 }).map((value) => ({
    schema: schema as z.ZodType,
    value,
  })),
)
const name = constantFrom('id', 'name', 'of it', 'constructor', '"quoted"')

/** Puts two schemas into a third, and their values likewise; now and then a member is missing, or there is one too many. */
function around(one: Sample, two: Sample, { key, spoilt }: { key: string; spoilt: number }): readonly Sample[] {
  const spoil = (value: Record<string, unknown>): unknown => {
    if (spoilt === 0) return { ...value, extra: 1 }
    if (spoilt === 1) return Object.fromEntries(Object.entries(value).slice(1))
    return spoilt === 2 ? { ...value, [key]: undefined } : value
  }
  return [
    { schema: z.object({ [key]: one.schema, two: two.schema }), value: spoil({ two: two.value, [key]: one.value }) },
    { schema: z.strictObject({ [key]: one.schema, two: two.schema }), value: spoil({ [key]: one.value, two: two.value }) },
    { schema: z.object({ [key]: one.schema.optional(), two: two.schema.optional() }), value: spoil({ [key]: one.value, two: two.value }) },
    { schema: z.strictObject({ two: two.schema, [key]: one.schema.optional() }), value: spoil({ two: two.value }) },
    { schema: z.array(one.schema), value: spoilt === 0 ? [one.value, two.value] : [one.value, one.value] },
    { schema: z.object({ [key]: one.schema.nullable(), two: two.schema }), value: spoil({ [key]: null, two: two.value }) },
    { schema: z.object({ limit: z.int().max(9).default(5), [key]: one.schema }), value: spoil({ limit: 3, [key]: one.value }) },
    { schema: z.looseObject({ [key]: one.schema }), value: spoil({ [key]: one.value }) },
    {
      schema: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('one'), [key]: one.schema }),
        z.strictObject({ kind: z.literal('two'), two: two.schema }),
      ]),
      value: spoil(spoilt % 2 === 0 ? { kind: 'two', two: two.value } : { kind: 'one', [key]: one.value }),
    },
  ]
}
const wrapped = (inner: Arbitrary<Sample>): Arbitrary<Sample> =>
  tuple(inner, inner, name, integer({ min: 0, max: 15 }), integer({ min: 0, max: 8 })).map(([one, two, key, spoilt, which]) => {
    const all = around(one, two, { key, spoilt })
    return all[which] ?? one
  })
const samples = oneof(leaf, wrapped(leaf), wrapped(wrapped(leaf)))

describe('a compiled reader', () => {
  it('takes nothing that the schema refuses, and gives what the schema gives, in the same order', () => {
    let taken = 0
    assert(
      property(samples, ({ schema, value }) => {
        const read = compileReader(schema)?.(value) ?? unsure
        if (read === unsure) return
        taken += 1
        const judged = schema.safeParse(value)
        expect(judged.success).toBe(true)
        expect(isDeepStrictEqual(read, judged.data)).toBe(true)
        expect(JSON.stringify(read)).toBe(JSON.stringify(judged.data))
      }),
      { numRuns: 5_000 },
    )
    // most of what is measured must have been taken by compiled code, or nothing was shown
    expect(taken).toBeGreaterThan(500)
  }, 60_000)

  const line = z.strictObject({
    sku: z
      .string()
      .max(40)
      .regex(/^[A-Z0-9]+$/),
    quantity: z.int().min(1).max(999),
  })
  const order = z.object({ lines: z.array(line).min(1).max(50), note: z.string().optional(), paid: z.boolean().nullable() })
  const given = { lines: [{ sku: 'A1', quantity: 2 }], paid: null }

  it('takes what is plainly valid, as a copy without what nobody promised', () => {
    const read = compileReader(order)
    const value = read?.({ ...given, secret: 1 })
    expect(value).toStrictEqual(given)
    expect((value as typeof given).lines[0]).not.toBe(given.lines[0])
    expect(read?.({ ...given, note: 'door' })).toStrictEqual({ ...given, note: 'door' })
  })

  it.each<[string, unknown]>([
    ['a member too many in a strict object', { ...given, lines: [{ sku: 'A1', quantity: 2, price: 1 }] }],
    ['a missing member', { lines: given.lines }],
    ['a number out of bounds', { ...given, lines: [{ sku: 'A1', quantity: 1000 }] }],
    ['a text that does not match', { ...given, lines: [{ sku: 'a1', quantity: 1 }] }],
    ['too few', { ...given, lines: [] }],
    ['a list in place of an object', []],
    ['nothing', null],
    ['a member that is there without a value', { ...given, note: undefined }],
  ])('leaves %s to the schema', (_what, value) => {
    expect(compileReader(order)?.(value)).toBe(unsure)
  })

  it.each<[string, object]>([
    ['a transform', z.object({ at: z.string().transform((text) => text.length) })],
    ['a refinement', z.object({ a: z.int() }).refine(({ a }) => a > 1)],
    ['a union without a discriminator', z.union([z.object({ a: z.int().default(1) }), z.object({ b: z.int() })])],
    ['other members of any kind', z.looseObject({})],
    ['a pattern that remembers', z.string().regex(/a/g)],
    [
      'a schema that holds itself',
      z.object({
        get children() {
          return z.array(
            z.object({
              get inner() {
                return tree
              },
            }),
          )
        },
      }),
    ],
  ])('has no short way for %s', (_what, schema) => {
    expect(compileReader(schema as z.ZodType)).toBeUndefined()
  })
})

const tree: z.ZodType = z.object({
  get children() {
    return z.array(tree)
  },
})
