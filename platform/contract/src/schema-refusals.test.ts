import { describe, expect, it } from 'vitest'
import { refusal, refusalsOf } from '../test/refusals-of.ts'
import { mutation, z, type ContractProblem } from './index.ts'

// Schemas are listed as objects: to hold each kind against `z.ZodType` costs the type checker more than all else here.
const askedWith = (value: object): object => ({
  operations: { ask: mutation({ input: z.strictObject({ value: value as z.ZodType }), output: z.object({}), policy: { access: 'open' } }) },
})

interface Tree {
  readonly label: string
  readonly children: readonly Tree[]
}
const tree: z.ZodType<Tree> = z.object({ label: z.string(), children: z.array(z.lazy(() => tree)) })

describe('schemas', () => {
  // Paths are those below the field that holds the schema.
  const refused: [what: string, schema: object, problem: ContractProblem][] = [
    ['a date', z.date(), refusal('', 'a Date is not JSON', 'z.iso.datetime()')],
    ['a coerced date', z.coerce.date(), refusal('', 'a Date is not JSON', 'z.iso.datetime()')],
    ['a bigint', z.bigint(), refusal('', 'a bigint is not JSON', 'z.int()')],
    ['a 64 bit integer', z.int64(), refusal('', 'a bigint is not JSON', 'z.int()')],
    ['a map', z.map(z.string(), z.int()), refusal('', 'a Map is not JSON', 'z.record')],
    ['a set', z.set(z.string()), refusal('', 'a Set is not JSON', 'z.array')],
    ['undefined', z.undefined(), refusal('', 'nothing cannot be sent', 'z.null()')],
    ['void', z.void(), refusal('', 'nothing cannot be sent', 'z.null()')],
    ['never', z.never(), refusal('', 'no value is ever right', 'leave it out')],
    ['a symbol', z.symbol(), refusal('', 'a symbol is not JSON', 'z.enum')],
    ['NaN', z.nan(), refusal('', 'NaN is not JSON', 'nullable')],
    ['any', z.any(), refusal('', 'it says nothing', 'z.unknown()')],
    ['a transform', z.string().transform(Number), refusal('', 'it changes values', 'change it in the handler')],
    ['a preprocessing', z.preprocess(String, z.string()), refusal('', 'it changes values', 'change it in the handler')],
    ['a pipe', z.string().pipe(z.email()), refusal('', 'it changes values', 'change it in the handler')],
    [
      'a codec',
      z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() }),
      refusal('', 'it changes values', 'handler'),
    ],
    ['a stringbool', z.stringbool(), refusal('', 'it changes values', 'change it in the handler')],
    ['a catch', z.string().catch(''), refusal('', 'it takes anything', '.default')],
    ['a coercion', z.coerce.number(), refusal('', 'it takes other types than it says', 'leave coerce out')],
    ['a file', z.file(), refusal('', 'a file is not JSON', 'fetched')],
    ['a custom schema', z.custom<string>(), refusal('', 'cannot be said in JSON Schema', 'JSON types')],
    ['an instance', z.instanceof(URL), refusal('', 'cannot be said in JSON Schema', 'JSON types')],
    ['a function', z.function(), refusal('', 'a function is not JSON', 'operation')],
    ['a promise', z.promise(z.string()), refusal('', 'a promise is not JSON', 'say what it gives')],
    [
      'an intersection',
      z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
      refusal('', 'an intersection', 'one object'),
    ],
    ['a bare union', z.union([z.string(), z.int()]), refusal('', 'nothing tells the options of this union apart', 'z.discriminatedUnion')],
    ['a union of literals', z.union([z.literal('a'), z.literal('b')]), refusal('', 'nothing tells the options', 'z.enum')],
    ['a literal that is undefined', z.literal(undefined), refusal('', 'this literal is not JSON', 'null')],
    ['a literal bigint', z.literal(1n), refusal('', 'this literal is not JSON', 'numbers')],
    [
      'a record with numbers for keys',
      z.record(z.number(), z.string()),
      refusal('', 'keys of a JSON object are strings', 'z.record(z.string()'),
    ],
    ['an array with holes', z.array(z.string().optional()), refusal('[]', 'only a field of an object can be left out', 'nullable')],
    ['a pattern that looks ahead', z.string().regex(/^(?=.*\d).+$/), refusal('', 'RE2 has no lookahead', 'two patterns')],
    ['a format that looks ahead', z.stringFormat('slug', /^(?!-)[a-z-]+$/), refusal('', 'RE2 has no lookahead', 'two patterns')],
    ['a pattern among several', z.string().regex(/^a/).regex(/(a)\1/), refusal('', 'RE2 has no backreferences', 'handler')],
    ['a pattern with a flag', z.string().regex(/^[a-z]+$/i), refusal('', 'the flag "i" is lost', '[A-Za-z]')],
    [
      'a pattern in the keys of a record',
      z.record(z.string().regex(/(?<!a)b/), z.int()),
      refusal('{key}', 'RE2 has no lookbehind', 'two patterns'),
    ],
    ['a date in a list', z.array(z.date()), refusal('[]', 'a Date is not JSON', 'z.iso')],
    ['a date in a tuple', z.tuple([z.string(), z.date()]), refusal('[1]', 'a Date is not JSON', 'z.iso')],
    ['a date in a record', z.record(z.string(), z.date()), refusal('{}', 'a Date is not JSON', 'z.iso')],
    ['a date behind wrappers', z.date().nullable().optional().readonly(), refusal('', 'a Date is not JSON', 'z.iso')],
    ['a date among other fields', z.object({}).catchall(z.date()), refusal('.*', 'a Date is not JSON', 'z.iso')],
    [
      'a date in one option',
      z.discriminatedUnion('method', [z.object({ method: z.literal('card') }), z.object({ method: z.literal('cash'), at: z.date() })]),
      refusal('(cash).at', 'a Date is not JSON', 'z.iso'),
    ],
    [
      'a reserved word deep inside',
      z.array(z.object({ class: z.string() })),
      refusal('[].class', '"class" is a reserved word in Java, Python', 'choose another word'),
    ],
    ['a field in snake_case', z.object({ order_id: z.string() }), refusal('.order_id', 'cannot be written alike', 'camelCase')],
    ['a field every object has', z.object({ constructor: z.string() }), refusal('.constructor', 'is taken', 'choose another word')],
    [
      'two fields that differ by case',
      z.object({ userId: z.string(), userID: z.string() }),
      refusal('.userID', 'one name in other languages', 'for one of them'),
    ],
  ]
  it.each(refused)('are refused: %s', (_what, schema, problem) => {
    expect(refusalsOf(askedWith(schema))).toEqual([{ ...problem, path: `operations.ask.input.value${problem.path}` }])
  })

  const accepted: [what: string, schema: object][] = [
    [
      'text with a portable pattern',
      z
        .string()
        .regex(/^[A-Z]{3}-\d+$/)
        .min(1)
        .trim(),
    ],
    ['formats', z.object({ id: z.uuidv7(), mail: z.email(), at: z.iso.datetime(), day: z.iso.date(), site: z.url(), phone: z.e164() })],
    ['numbers', z.object({ amountMinor: z.int().min(0), ratio: z.number(), small: z.int32() })],
    [
      'what may be left out or null',
      z.object({ a: z.string().optional(), b: z.string().nullable(), c: z.string().nullish(), d: z.int().default(1) }),
    ],
    ['choices of words', z.object({ status: z.enum(['placed', 'paid']), answer: z.literal(['yes', 'no', null, 1, true]) })],
    [
      'a discriminated union',
      z.discriminatedUnion('method', [z.object({ method: z.literal('card') }), z.object({ method: z.literal('cash') })]),
    ],
    [
      'records and tuples',
      z.object({ prices: z.record(z.string(), z.int()), pair: z.tuple([z.string(), z.int()]), byDay: z.record(z.enum(['mon']), z.null()) }),
    ],
    ['objects open and closed', z.object({ open: z.looseObject({ a: z.string() }), closed: z.strictObject({}) })],
    ['any JSON', z.unknown()],
    [
      'a brand, a description, a check of your own',
      z
        .string()
        .brand('Sku')
        .meta({ id: 'Sku' })
        .refine((text) => text !== 'x'),
    ],
    ['a shape that holds itself', tree],
  ]
  it.each(accepted)('are accepted: %s', (_what, schema) => {
    expect(refusalsOf(askedWith(schema))).toEqual([])
  })

  it('looks once into shapes that hold each other, and ends', () => {
    const author = z.object({
      born: z.date(),
      get books() {
        return z.array(book)
      },
    })
    const book = z.object({
      printed: z.date(),
      get authors() {
        return z.array(author)
      },
    })
    const paths = refusalsOf(askedWith(z.object({ author, book }))).map(({ path }) => path.replace('operations.ask.input.value', ''))
    expect(paths).toEqual(['.author.born', '.author.books[].printed', '.book.printed'])
  })
})
