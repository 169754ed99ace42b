import { defineContract, query, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { MessageNameTakenError } from './draft-messages.ts'
import { NumberMissingError, protoFileOf } from './proto-file-of.ts'
import { attic } from './testing/everything.ts'
import { blockOf, written } from './testing/written.ts'

const { text } = written(attic)
const request = blockOf(text, 'message LookUpRequest')
const field = (name: string): string | undefined => request.find((line) => line.includes(` ${name} = `))?.replace(/ = \d+/, '')

describe('a shape as protobuf', () => {
  it.each([
    ['text', 'string text;'],
    ['maybe', 'optional string maybe;'],
    ['or_null', 'optional string or_null;'],
    ['preset', 'optional int32 preset;'],
    ['count', 'int32 count;'],
    ['large', 'int64 large;'],
    ['below', 'int32 below;'],
    ['ratio', 'double ratio;'],
    ['is_good', 'bool is_good;'],
    ['mood', 'string mood;'],
    ['odd', 'google.protobuf.Value odd;'],
    ['price', 'Price price;'],
    ['own', 'LookUpRequestOwn own;'],
    ['prices', 'repeated Price prices;'],
    ['by_name', 'map<string, Price> by_name;'],
    ['labels', 'map<string, string> labels;'],
    ['grid', 'google.protobuf.ListValue grid;'],
    ['gaps', 'google.protobuf.ListValue gaps;'],
    ['pair', 'google.protobuf.ListValue pair;'],
    ['sparse', 'google.protobuf.Struct sparse;'],
    ['open', 'google.protobuf.Struct open;'],
    ['anything', 'google.protobuf.Value anything;'],
    ['tree', 'Leaf tree;'],
    ['payment', 'LookUpRequestPayment payment;'],
    ['unfit', 'google.protobuf.Struct unfit;'],
    ['the_url', 'string the_url [json_name = "theURL"];'],
    ['line1', 'string line1;'],
    ['old', 'optional string old [deprecated = true];'],
  ])('%s', (name, line) => {
    expect(field(name)).toBe(line)
  })

  it('says which words a text is one of, and that absent is the same as empty', () => {
    expect(request[request.findIndex((line) => line.startsWith('string mood')) - 1]).toBe('// One of: glad, sad.')
    expect(request[request.findIndex((line) => line.startsWith('string always')) - 1]).toBe('// Always: tea.')
    expect(request[request.findIndex((line) => line.startsWith('repeated Price')) - 1]).toBe('// Absent and empty are the same.')
  })

  it('of options is a oneof whose field says what the discriminator would', () => {
    expect(blockOf(text, 'message LookUpRequestPayment')).toEqual([
      "// Exactly one is set: what the contract's `method` says.",
      'oneof method {',
      'LookUpRequestPaymentGiftCard gift_card = 1;',
      'LookUpRequestPaymentCash cash = 2;',
      'LookUpRequestPaymentCoins coins = 3;',
      '}',
    ])
    expect(blockOf(text, 'message LookUpRequestPaymentGiftCard')).toEqual(['string code = 1;'])
  })

  it('that holds itself is a message that holds itself, at the root too', () => {
    expect(blockOf(text, 'message Leaf')).toEqual(['string name = 1;', 'repeated Leaf leaves = 2;'])
    expect(blockOf(text, 'message GrowResponse')).toEqual(['string name = 1;', 'repeated Leaf leaves = 2;'])
  })

  it('that is no object is the one field of its message', () => {
    expect(blockOf(text, 'message CountBoxesResponse')).toEqual(['optional int32 value = 1;'])
    expect(blockOf(text, 'message ListBoxesResponse')).toEqual(['repeated Price value = 1;'])
    expect(text).toContain('message CountBoxesRequest {}')
  })
})

it('tells of each rpc whether it only reads, how it is refused and whether it will go', () => {
  const service = blockOf(text, 'service AtticService').join('\n')
  expect(service).toContain(
    `// Refused as not_there (NOT_FOUND) with LookUpNotThereError.\n// Refused as too_dark (CONFLICT).\nrpc LookUp(LookUpRequest) returns (LookUpResponse) {\noption idempotency_level = NO_SIDE_EFFECTS;`,
  )
  expect(service).toContain('rpc Grow(GrowRequest) returns (GrowResponse) {\noption deprecated = true;')
  expect(blockOf(text, 'message LookUpNotThereError')).toEqual(['string shelf = 1;'])
})

describe('the numbers of fields', () => {
  const shelf = (fields: z.ZodRawShape) =>
    defineContract({
      name: 'shelf',
      version: 1,
      operations: { look: query({ input: z.strictObject({}), output: z.object(fields), policy: { access: 'open' } }) },
    })
  const first = written(shelf({ colour: z.string(), bookCount: z.string() }))

  it('stay when a field comes before others', () => {
    const { text: later } = written(shelf({ added: z.string(), bookCount: z.string(), colour: z.string() }), first.lock)
    expect(blockOf(later, 'message LookResponse')).toEqual(['string colour = 1;', 'string book_count = 2;', 'string added = 3;'])
  })

  it('of what is gone are reserved, and its name, whatever comes after', () => {
    const gone = written(shelf({ colour: z.string() }), first.lock)
    const { text: later } = written(shelf({ colour: z.string(), added: z.string() }), gone.lock)
    expect(blockOf(later, 'message LookResponse')).toEqual([
      'reserved 2;',
      'reserved "book_count";',
      'string colour = 1;',
      'string added = 3;',
    ])
  })

  it('are never made up where the lock has none', () => {
    expect(() => protoFileOf(shelf({ colour: z.string() }), {})).toThrow(NumberMissingError)
  })
})

it('is written alike however the lines of the contract are ordered', () => {
  const entries = Object.entries(attic.operations).toReversed()
  const turned = defineContract({ name: 'attic', version: 2, operations: Object.fromEntries(entries) })
  expect(written(turned, written(attic).lock).text).toBe(text)
})

it('refuses two shapes that would be one message', () => {
  const contract = defineContract({
    name: 'shelf',
    version: 1,
    operations: {
      look: query({
        input: z.strictObject({}),
        output: z.object({ book: z.object({ title: z.string() }).meta({ id: 'LookRequest' }) }),
        policy: { access: 'open' },
      }),
    },
  })
  expect(() => written(contract)).toThrow(MessageNameTakenError)
})
