import { z } from '@ashlar/contract'
import { except, field, harmless, looser, note, other, reasons, tighter, wording, type ShapeChange } from './shape-change.ts'

/** What happens to single values. */
export const valueCases: Readonly<Record<string, readonly ShapeChange[]>> = {
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
  words: [
    field('a description changes', [note.describe('what to know'), note.describe('what one should know')], wording),
    field('a field is deprecated', [note, note.meta({ deprecated: true })], harmless),
    field('a shape is given a name', [z.object({ note }), z.object({ note }).meta({ id: 'Note' })], wording),
  ],
}
