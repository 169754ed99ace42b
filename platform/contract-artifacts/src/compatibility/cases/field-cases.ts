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

/** What happens to fields: there or not, asked for or not, null or not. */
export const fieldCases: Readonly<Record<string, readonly ShapeChange[]>> = {
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
}
