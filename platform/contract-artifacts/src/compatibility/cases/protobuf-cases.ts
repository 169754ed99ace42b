import { z } from '@ashlar/contract'
import { answering, asking, forgetting, nothing, numbering, type Named, type ProtobufChange } from './protobuf-change.ts'

const text = z.string()
const small = z.int().min(0).max(9)
const Price = z.object({ amountMinor: z.int().min(0), currency: text })
const named = (id: string) => Price.clone().meta({ id })
const card = z.object({ method: z.literal('card'), token: text })
const wallet = z.object({ method: z.literal('wallet') })
const union = z.discriminatedUnion('method', [card, wallet])
const loose = { bufDiffers: 'buf does not ask who writes: what callers send in 32 bits is read in 64' }

/** A shape that holds itself. */
function branch(name: z.ZodType): z.ZodType {
  const Branch: z.ZodType = z
    .object({
      name,
      get branches() {
        return z.array(Branch)
      },
    })
    .meta({ id: 'Branch' })
  return Branch
}

const changes: readonly Named[] = [
  answering('a field is added', [{ text }, { text, note: text }], { findings: {} }),
  answering('a field is added before others', [{ text }, { note: text, text }], { findings: {} }),
  answering('a field is removed', [{ text, note: text }, { text }], { findings: {} }),
  answering(
    'a field is renamed',
    [
      { text, note: text },
      { text, remark: text },
    ],
    { findings: {} },
  ),
  answering('a field is removed, and the lock forgets it', [{ text, note: text }, { text }], {
    relock: numbering('PourResponse', { fields: { text: 1 }, reserved: nothing }),
    findings: { 'output note protobuf unreserved': 'breaking' },
  }),
  answering('a field is removed, and the lock forgets its name', [{ text, note: text }, { text }], {
    relock: numbering('PourResponse', { fields: { text: 1 }, reserved: { numbers: [2], names: [] } }),
    findings: { 'output note protobuf unreserved': 'breaking' },
  }),
  answering(
    'a field takes the number of one that is gone',
    [
      { text, note: text },
      { text, remark: text },
    ],
    {
      relock: numbering('PourResponse', { fields: { text: 1, remark: 2 }, reserved: nothing }),
      findings: { 'output note protobuf number': 'breaking' },
    },
  ),
  answering(
    'a field of another type takes the number of one that is gone',
    [
      { text, note: text },
      { text, cups: small },
    ],
    {
      relock: numbering('PourResponse', { fields: { text: 1, cups: 2 }, reserved: nothing }),
      findings: { 'output note protobuf number': 'breaking' },
    },
  ),
  answering(
    'two fields change numbers',
    [
      { text, note: text },
      { text, note: text },
    ],
    {
      relock: numbering('PourResponse', { fields: { text: 2, note: 1 }, reserved: nothing }),
      findings: { 'output text protobuf number': 'breaking', 'output note protobuf number': 'breaking' },
    },
  ),
  asking('a field gets a number nobody had', [{ text }, { text }], {
    relock: numbering('PourRequest', { fields: { text: 7 }, reserved: nothing }),
    findings: { 'input text protobuf number': 'breaking' },
  }),
  asking('the lock is begun anew after a field came first', [{ text }, { note: text.optional(), text }], {
    relock: forgetting,
    findings: { 'input text protobuf number': 'breaking' },
  }),
  answering('a number is not kept any more', [{ text }, { text }, { text, note: text }], {
    relock: numbering('PourResponse', { fields: { text: 1 }, reserved: nothing }),
    findings: { 'output protobuf unreserved 2': 'breaking', 'output protobuf unreserved note': 'breaking' },
  }),
  answering('a new field takes a number that was kept', [{ text }, { text, remark: text }, { text, note: text }], {
    relock: numbering('PourResponse', { fields: { text: 1, remark: 2 }, reserved: { numbers: [], names: ['note'] } }),
    findings: { 'output remark protobuf number': 'breaking' },
  }),
  answering('a field comes back', [{ text }, { text, note: text }, { text, note: text }], {
    findings: {},
    bufDiffers: 'a name that comes back has a number of its own',
  }),
  answering('a text becomes a number', [{ note: text }, { note: z.number() }], { findings: { 'output note protobuf type': 'breaking' } }),
  asking('whole numbers become any numbers', [{ cups: small }, { cups: z.number() }], {
    findings: { 'input cups protobuf type': 'breaking' },
  }),
  asking('an input may hold larger numbers', [{ cups: small }, { cups: z.int() }], {
    findings: { 'input cups protobuf type': 'minor' },
    ...loose,
  }),
  asking('an input may hold no large numbers any more', [{ cups: z.int() }, { cups: small }], {
    findings: { 'input cups protobuf type': 'breaking' },
  }),
  answering('an answer may hold larger numbers', [{ cups: small }, { cups: z.int() }], {
    findings: { 'output cups protobuf type': 'breaking' },
  }),
  answering('an answer holds no large numbers any more', [{ cups: z.int() }, { cups: small }], {
    findings: { 'output cups protobuf type': 'minor' },
    ...loose,
  }),
  answering('one becomes many', [{ note: text }, { note: z.array(text) }], { findings: { 'output note protobuf type': 'breaking' } }),
  answering('a list becomes a map', [{ note: z.array(text) }, { note: z.record(text, text) }], {
    findings: { 'output note protobuf type': 'breaking' },
  }),
  answering('an object may hold anything besides', [{ price: Price }, { price: z.looseObject(Price.shape) }], {
    findings: { 'output price protobuf type': 'breaking' },
  }),
  answering(
    'the type of a field deep inside changes',
    [{ lines: z.array(z.object({ cups: text })) }, { lines: z.array(z.object({ cups: z.boolean() })) }],
    {
      findings: { 'output lines[].cups protobuf type': 'breaking' },
    },
  ),
  answering('a field of a shape that holds itself changes', [{ tree: branch(text) }, { tree: branch(z.boolean()) }], {
    findings: { 'output tree.name protobuf type': 'breaking' },
  }),
  answering('a shape gets another name', [{ price: named('Price') }, { price: named('Money') }], {
    findings: { 'output price protobuf name': 'minor' },
    bufDiffers: 'a message by another name is the same bytes; only generated code changes',
  }),
  answering(
    'a shape gets another name, and its fields another order',
    [{ price: named('Price') }, { price: z.object({ currency: text, amountMinor: z.int().min(0) }).meta({ id: 'Money' }) }],
    {
      findings: {
        'output price protobuf name': 'minor',
        'output price.amountMinor protobuf number': 'breaking',
        'output price.currency protobuf number': 'breaking',
      },
    },
  ),
  asking('a field need not be given any more', [{ note: text }, { note: text.optional() }], {
    findings: { 'input note protobuf presence': 'minor' },
  }),
  asking('a field must be given', [{ note: text.optional() }, { note: text }], { findings: {} }),
  answering('an option is added', [{ by: z.discriminatedUnion('method', [card]) }, { by: union }], { findings: {} }),
  answering('an option is removed, and the lock forgets it', [{ by: union }, { by: z.discriminatedUnion('method', [card]) }], {
    relock: numbering('PourResponseBy', { fields: { card: 1 }, reserved: nothing }),
    findings: { 'output by(wallet) protobuf unreserved': 'breaking' },
  }),
  answering('options change numbers', [{ by: union }, { by: union }], {
    relock: numbering('PourResponseBy', { fields: { card: 2, wallet: 1 }, reserved: nothing }),
    findings: { 'output by(card) protobuf number': 'breaking', 'output by(wallet) protobuf number': 'breaking' },
  }),
  asking('a word more may be said', [{ mood: z.enum(['glad']) }, { mood: z.enum(['glad', 'sad']) }], { findings: {} }),
]

/** Every kind of change that whoever has code made from the `.proto` may meet, each in a package of its own: buf reads them all at once. */
export const protobufCases: readonly ProtobufChange[] = changes.map((change, at) =>
  change(`pot${String.fromCodePoint(97 + Math.floor(at / 26), 97 + (at % 26))}`),
)
