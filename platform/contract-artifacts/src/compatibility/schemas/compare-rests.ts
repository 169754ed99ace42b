import type { Place } from './place.ts'
import type { Difference } from './difference.ts'
import { optionsOf, type Fields, type Rest } from './options.ts'

/** Compares what objects say about names they do not declare, and about how names may look. */
export function compareRests(old: Fields, now: Fields, place: Place): readonly Difference[] {
  return [...compareRest(old.rest, now.rest, place), ...compareNames(old, now, place)]
}

function compareRest(old: Rest, now: Rest, place: Place): readonly Difference[] {
  if (isShape(old) && isShape(now)) return place.compare({ before: old, after: now }, { ...place, path: [...place.path, { kind: 'rest' }] })
  if (saying(old) === saying(now)) return []
  return [
    {
      path: place.path,
      aspect: 'other fields',
      said: `${restText(now)}, ${restText(old, 'was')}`,
      narrows: !isTaken({ written: old, read: now }, place),
      widens: !isTaken({ written: now, read: old }, place),
    },
  ]
}

/** Whether a reader takes the fields under other names that a writer may write. */
function isTaken({ written, read }: { written: Rest; read: Rest }, { strangers }: Place): boolean {
  if (written === 'nothing' || read === 'unsaid') return true
  if (written === 'unsaid' && strangers === 'never') return true
  return isShape(read) && isAnything(read)
}

function compareNames({ names: old }: Fields, { names: now }: Fields, place: Place): readonly Difference[] {
  if (old === undefined && now === undefined) return []
  const path = [...place.path, { kind: 'names' as const }]
  const anyName = { schema: { type: 'string' }, defs: {} }
  return place.compare({ before: old ?? anyName, after: now ?? anyName }, { ...place, path })
}

function isShape(rest: Rest): rest is Exclude<Rest, string> {
  return typeof rest === 'object'
}

function isAnything(rest: Exclude<Rest, string>): boolean {
  return optionsOf(rest).some(({ kind, unknown }) => kind === 'anything' && unknown === '')
}

function saying(rest: Rest): string {
  return isShape(rest) ? 'shape' : rest
}

function restText(rest: Rest, verb?: 'was'): string {
  if (rest === 'nothing') return verb === undefined ? 'no other fields are taken' : 'none were taken'
  if (rest === 'unsaid') return verb === undefined ? 'other fields are passed over' : 'others were passed over'
  return verb === undefined ? 'other fields have a shape' : 'others had a shape'
}
