import { z } from '@ashlar/contract'
import {
  except,
  field,
  harmless,
  id,
  looser,
  note,
  other,
  reasons,
  strictTea,
  tea,
  tighter,
  whole,
  wording,
  type ShapeChange,
} from './shape-change.ts'

const card = z.object({ method: z.literal('card'), token: z.string() })
const voucher = z.object({ method: z.literal('voucher'), code: z.string() })

/** What happens to values made of others. */
export const compositeCases: Readonly<Record<string, readonly ShapeChange[]>> = {
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
}
