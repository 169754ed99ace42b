import { z } from '@ashlar/contract'
import type { Level, Role } from './compare-shapes.ts'

/** One kind of change of a shape: what it was, what it is, and what follows for a request, an answer and a message. */
export interface ShapeChange {
  readonly kind: string
  readonly before: z.ZodType
  readonly after: z.ZodType
  readonly verdicts: readonly [input: Level, output: Level, event: Level]
  /** Where jsoncompat judges otherwise, and why. */
  readonly jsoncompatDiffers?: Partial<Record<Role, string>>
  /** Why no payload shows the break. */
  readonly withoutWitness?: Partial<Record<Role, string>>
}

const id = z.string()
const tea = z.object({ id })
const strictTea = z.strictObject({ id })
const note = z.string()
const card = z.object({ method: z.literal('card'), token: z.string() })
const voucher = z.object({ method: z.literal('voucher'), code: z.string() })

type Inner = readonly [before: z.ZodType, after: z.ZodType]
/** Changes of one field's own shape are shown inside an object, where they happen. */
function field(kind: string, [before, after]: Inner, verdicts: ShapeChange['verdicts']): ShapeChange {
  return { kind, before: z.object({ id, field: before }), after: z.object({ id, field: after }), verdicts }
}
function whole(kind: string, [before, after]: Inner, verdicts: ShapeChange['verdicts']): ShapeChange {
  return { kind, before, after, verdicts }
}

const reasons = {
  openWriter: 'jsoncompat lets whoever writes an open object put anything under any name; this platform writes only what it declares',
  defaults: 'jsoncompat is shown what is written; a message is read through the schema, where the default stands in',
  blindToRest: 'jsoncompat does not see that the shape of other fields became tighter; the witness does',
  allOf: 'jsoncompat does not take two patterns apart, and calls any change of them a break',
} as const
function except(change: ShapeChange, exceptions: Pick<ShapeChange, 'jsoncompatDiffers' | 'withoutWitness'>): ShapeChange {
  return { ...change, ...exceptions }
}

const tighter = ['breaking', 'minor', 'breaking'] as const
const looser = ['minor', 'breaking', 'breaking'] as const
const other = ['breaking', 'breaking', 'breaking'] as const
const harmless = ['minor', 'minor', 'minor'] as const
const wording = ['patch', 'patch', 'patch'] as const

/** Kinds of change, by what they are about. */
export const shapeChanges: Readonly<Record<string, readonly ShapeChange[]>> = {
  fields: [
    whole('an optional field is added', [tea, tea.extend({ note: note.optional() })], harmless),
    whole('an optional field is added to a strict object', [strictTea, strictTea.extend({ note: note.optional() })], looser),
    whole('a required field is added', [tea, tea.extend({ note })], tighter),
    whole('a required field is added to a strict object', [strictTea, strictTea.extend({ note })], other),
    except(whole('a field with a default is added', [tea, tea.extend({ note: note.default('') })], harmless), {
      jsoncompatDiffers: { event: reasons.defaults },
    }),
    except(whole('an optional field is removed', [tea.extend({ note: note.optional() }), tea], harmless), {
      jsoncompatDiffers: { output: reasons.openWriter, event: reasons.openWriter },
    }),
    whole('an optional field is removed from a strict object', [strictTea.extend({ note: note.optional() }), strictTea], tighter),
    whole('a required field is removed', [tea.extend({ note }), tea], looser),
    whole('a required field is removed from a strict object', [strictTea.extend({ note }), strictTea], other),
    whole('a required field is renamed', [tea.extend({ note }), tea.extend({ remark: note })], other),
    except(
      whole('an optional field is renamed', [tea.extend({ note: note.optional() }), tea.extend({ remark: note.optional() })], harmless),
      {
        jsoncompatDiffers: { output: reasons.openWriter, event: reasons.openWriter },
      },
    ),
    whole('a field moves into an object', [tea.extend({ note }), tea.extend({ about: z.object({ note }) })], other),
    whole('fields change places', [z.object({ id, note }), z.object({ note, id })], wording),
  ],
  'required and default': [
    field('a field becomes required', [note.optional(), note], tighter),
    field('a field becomes optional', [note, note.optional()], looser),
    field('a required field is given a default', [note, note.default('')], ['minor', 'minor', 'minor']),
    except(field('an optional field is given a default', [note.optional(), note.default('')], ['minor', 'minor', 'minor']), {
      jsoncompatDiffers: { event: reasons.defaults },
    }),
    field('a default is taken away and the field required', [note.default(''), note], ['breaking', 'minor', 'minor']),
    except(
      field('a default is taken away and the field left optional', [note.default(''), note.optional()], ['minor', 'breaking', 'minor']),
      {
        jsoncompatDiffers: { event: reasons.defaults },
      },
    ),
    field('a default changes', [note.default('none'), note.default('plain')], harmless),
  ],
  nullability: [
    field('a field may be null', [note, note.nullable()], looser),
    field('a field may not be null any more', [note.nullable(), note], tighter),
    field('a field may be left out instead of null', [note.nullable(), note.optional()], other),
    field('an object may be null', [z.object({ note }), z.object({ note }).nullable()], looser),
    whole('the whole may be null', [tea, tea.nullable()], looser),
  ],
  'enums and literals': [
    field('an enum gains a value', [z.enum(['green', 'black']), z.enum(['green', 'black', 'white'])], looser),
    field('an enum loses a value', [z.enum(['green', 'black']), z.enum(['green'])], tighter),
    field('a value of an enum is renamed', [z.enum(['green', 'black']), z.enum(['green', 'dark'])], other),
    field('values of an enum change places', [z.enum(['green', 'black']), z.enum(['black', 'green'])], wording),
    field('an enum becomes text', [z.enum(['green', 'black']), z.string()], looser),
    field('text becomes an enum', [z.string(), z.enum(['green', 'black'])], tighter),
    field('a literal changes', [z.literal('green'), z.literal('black')], other),
    field('a literal becomes an enum that holds it', [z.literal('green'), z.enum(['green', 'black'])], looser),
    field('a literal becomes an enum of its one value', [z.literal('green'), z.enum(['green'])], wording),
    field('true or false becomes only true', [z.boolean(), z.literal(true)], tighter),
    field('an enum may be null', [z.enum(['green']), z.enum(['green']).nullable()], looser),
  ],
  text: [
    field('a text may be shorter', [z.string().min(3), z.string().min(1)], looser),
    field('a text must be longer', [z.string().min(1), z.string().min(3)], tighter),
    field('a text may be longer', [z.string().max(10), z.string().max(20)], looser),
    field('a text must be shorter', [z.string().max(20), z.string().max(10)], tighter),
    field('a longest length is set', [z.string(), z.string().max(10)], tighter),
    field('a longest length is lifted', [z.string().max(10), z.string()], looser),
    field('a shortest length is set', [z.string(), z.string().min(1)], tighter),
    field('a pattern is set', [z.string(), z.string().regex(/^[A-Z]+$/)], tighter),
    field('a pattern is lifted', [z.string().regex(/^[A-Z]+$/), z.string()], looser),
    field('a pattern changes', [z.string().regex(/^[A-Z]{2}$/), z.string().regex(/^[A-Z]{3}$/)], other),
    except(field('a pattern is widened', [z.string().regex(/^[A-Z]{2}$/), z.string().regex(/^[A-Z]{2,3}$/)], other), {
      withoutWitness: { input: 'patterns are not compared for what they match: any change of one is taken for a break both ways' },
    }),
    except(
      field(
        'a second pattern is added',
        [
          z.string().regex(/^[A-Z]/),
          z
            .string()
            .regex(/^[A-Z]/)
            .regex(/[0-9]$/),
        ],
        tighter,
      ),
      { jsoncompatDiffers: { output: reasons.allOf } },
    ),
    field('a format is set', [z.string(), z.uuid()], tighter),
    field('a format is lifted', [z.iso.datetime(), z.string()], looser),
    field('a format changes', [z.iso.datetime(), z.iso.date()], other),
    field('a prefix is asked for', [z.string(), z.string().startsWith('tea-')], tighter),
  ],
  numbers: [
    field('a number may be smaller', [z.int().min(5), z.int().min(0)], looser),
    field('a number must be larger', [z.int().min(0), z.int().min(5)], tighter),
    field('a number may be larger', [z.int().max(5), z.int().max(9)], looser),
    field('a number must be smaller', [z.int().max(9), z.int().max(5)], tighter),
    field('a bound is itself excluded', [z.number().min(0), z.number().gt(0)], tighter),
    field('a bound is itself included', [z.number().gt(0), z.number().min(0)], looser),
    field('a lower bound is lifted', [z.int().min(0), z.int()], looser),
    field('a number must be whole', [z.number(), z.int()], tighter),
    field('a number need not be whole', [z.int(), z.number()], looser),
    field('a number must be a multiple', [z.int(), z.int().multipleOf(5)], tighter),
    field('a multiple is coarser', [z.int().multipleOf(5), z.int().multipleOf(10)], tighter),
    field('a multiple is finer', [z.int().multipleOf(10), z.int().multipleOf(5)], looser),
    field('a multiple changes', [z.int().multipleOf(2), z.int().multipleOf(3)], other),
    field('a number must fit 32 bits', [z.int(), z.int32()], tighter),
  ],
  types: [
    field('a text becomes a number', [z.string(), z.number()], other),
    field('a number becomes a text', [z.int(), z.string()], other),
    field('one becomes a list of it', [note, z.array(note)], other),
    field('a list becomes one', [z.array(note), note], other),
    field('an object becomes text', [z.object({ note }), note], other),
    field('a text becomes anything', [note, z.unknown()], looser),
    field('anything becomes a text', [z.unknown(), note], tighter),
  ],
  unions: [
    field('a union gains an option', [z.discriminatedUnion('method', [card]), z.discriminatedUnion('method', [card, voucher])], looser),
    field('a union loses an option', [z.discriminatedUnion('method', [card, voucher]), z.discriminatedUnion('method', [card])], tighter),
    field(
      'options of a union change places',
      [z.discriminatedUnion('method', [card, voucher]), z.discriminatedUnion('method', [voucher, card])],
      wording,
    ),
    field(
      'an option of a union gains a required field',
      [z.discriminatedUnion('method', [card, voucher]), z.discriminatedUnion('method', [card.extend({ name: z.string() }), voucher])],
      tighter,
    ),
    field(
      'an option of a union loses a required field',
      [z.discriminatedUnion('method', [card, voucher]), z.discriminatedUnion('method', [card.omit({ token: true }), voucher])],
      looser,
    ),
    field(
      'what tells the options apart is renamed',
      [
        z.discriminatedUnion('method', [card, voucher]),
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('card'), token: z.string() }),
          z.object({ kind: z.literal('voucher'), code: z.string() }),
        ]),
      ],
      other,
    ),
    field('an object becomes a union that holds it', [card, z.discriminatedUnion('method', [card, voucher])], looser),
    field('a union becomes one of its options', [z.discriminatedUnion('method', [card, voucher]), card], tighter),
  ],
  lists: [
    field('a list may be longer', [z.array(note).max(5), z.array(note).max(9)], looser),
    field('a list must be shorter', [z.array(note).max(9), z.array(note).max(5)], tighter),
    field('a list may not be empty', [z.array(note), z.array(note).min(1)], tighter),
    field('a list may be empty', [z.array(note).min(1), z.array(note)], looser),
    field('items of a list are tighter', [z.array(z.string()), z.array(z.string().max(5))], tighter),
    field('items of a list gain an optional field', [z.array(tea), z.array(tea.extend({ note: note.optional() }))], harmless),
    field('items of a list lose a required field', [z.array(tea.extend({ note })), z.array(tea)], looser),
    field('a tuple gains a position', [z.tuple([note]), z.tuple([note, z.int()])], other),
    field('a tuple loses a position', [z.tuple([note, z.int()]), z.tuple([note])], other),
    field('a position of a tuple changes type', [z.tuple([note, z.int()]), z.tuple([note, note])], other),
    field('a tuple becomes a list', [z.tuple([note, note]), z.array(note)], looser),
  ],
  'records and other fields': [
    field('values of a record are wider', [z.record(z.string(), z.int()), z.record(z.string(), z.number())], looser),
    except(field('values of a record are tighter', [z.record(z.string(), z.number()), z.record(z.string(), z.int())], tighter), {
      jsoncompatDiffers: { input: reasons.blindToRest, event: reasons.blindToRest },
    }),
    field('names of a record are tighter', [z.record(z.string(), z.int()), z.record(z.string().max(3), z.int())], tighter),
    field(
      'names of a record gain one that must be there',
      [z.record(z.enum(['a']), z.int()), z.record(z.enum(['a', 'b']), z.int())],
      other,
    ),
    field('names of a record gain one', [z.partialRecord(z.enum(['a']), z.int()), z.partialRecord(z.enum(['a', 'b']), z.int())], looser),
    field('an object becomes a record', [z.object({ a: z.int() }), z.record(z.string(), z.int())], other),
    except(field('a record becomes an object', [z.record(z.string(), z.int()), z.object({ a: z.int() })], tighter), {
      jsoncompatDiffers: { output: reasons.openWriter },
    }),
    except(whole('an open object becomes strict', [tea, strictTea], ['breaking', 'minor', 'minor']), {
      jsoncompatDiffers: { event: reasons.openWriter },
    }),
    except(whole('a strict object becomes open', [strictTea, tea], harmless), {
      jsoncompatDiffers: { output: reasons.openWriter, event: reasons.openWriter },
    }),
    whole('a strict object takes any other field', [strictTea, z.looseObject({ id })], looser),
    except(whole('other fields get a shape', [tea, tea.catchall(z.int())], ['breaking', 'minor', 'minor']), {
      jsoncompatDiffers: { input: reasons.blindToRest },
    }),
    whole('an open object hands other fields on', [tea, z.looseObject({ id })], harmless),
  ],
  words: [
    field('a description changes', [note.describe('what to know'), note.describe('what one should know')], wording),
    field('a field is deprecated', [note, note.meta({ deprecated: true })], harmless),
    field('a shape is given a name', [z.object({ note }), z.object({ note }).meta({ id: 'Note' })], wording),
  ],
}
