import { accepts } from './accepts.ts'
import type { Place } from './place.ts'
import { compareRests } from './compare-rests.ts'
import type { Difference, Step } from './difference.ts'
import type { Field, Fields, Rest } from './options.ts'
import { canonical, resolved } from './schema-node.ts'

/** Compares objects: field by field, and what may stand under other names. */
export function compareFields(old: Fields, now: Fields, place: Place): Difference[] {
  const names = [...new Set([...Object.keys(old.fields), ...Object.keys(now.fields)])]
  const fields = names.flatMap((name) => {
    const [was, is] = [ownField(old, name), ownField(now, name)]
    const at = { ...place, path: [...place.path, { kind: 'field', name } satisfies Step] }
    if (was !== undefined && is !== undefined) return compareField({ was, is }, at)
    if (was !== undefined) return [removed({ name, was }, { old, now }, at)]
    return is === undefined ? [] : [added({ name, is }, { old, now }, at)]
  })
  return [...fields, ...compareRests(old, now, place)]
}

function ownField({ fields }: Fields, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function compareField({ was, is }: { was: Field; is: Field }, place: Place): Difference[] {
  const inside = place.compare({ before: was.node, after: is.node }, place)
  if (was.required === is.required) return [...inside]
  const said = is.required ? 'must be there now, was optional' : 'may be left out now, was always there'
  return [{ path: place.path, aspect: 'required', said, narrows: is.required, widens: was.required }, ...inside]
}

interface Versions {
  readonly old: Fields
  readonly now: Fields
}

// Whoever writes by a version writes the fields it declares; a name only the other version declares is not there.
function removed({ name, was }: { name: string; was: Field }, { old, now }: Versions, place: Place): Difference {
  const heir = twinOf(was, { from: now, without: old })
  return {
    path: place.path,
    aspect: 'removed',
    said: heir === undefined ? 'was removed' : `was removed (renamed to ${heir}?)`,
    narrows: !restTakes(restFor(now, name), was, place),
    widens: was.required || !fieldTakes(was, restFor(now, name), place),
  }
}

function added({ name, is }: { name: string; is: Field }, { old, now }: Versions, place: Place): Difference {
  const origin = twinOf(is, { from: old, without: now })
  return {
    path: place.path,
    aspect: 'added',
    said: `was added, ${is.required ? 'always there' : 'optional'}${origin === undefined ? '' : ` (${origin} under a new name?)`}`,
    narrows: is.required || !fieldTakes(is, restFor(old, name), place),
    widens: !restTakes(restFor(old, name), is, place),
  }
}

/** What a version says about a name it does not declare. */
function restFor({ rest, names }: Fields, name: string): Rest {
  return names !== undefined && !accepts(names, name) ? 'nothing' : rest
}

/** Whether a reader that knows no such field takes what stands in it. */
function restTakes(rest: Rest, field: Field, place: Place): boolean {
  if (rest === 'nothing' || rest === 'unsaid') return rest === 'unsaid'
  return place.compare({ before: field.node, after: rest }, place).every(({ narrows }) => !narrows)
}

/** Whether a reader that knows the field takes what a writer without it may write under its name. */
function fieldTakes(field: Field, rest: Rest, place: Place): boolean {
  if (rest === 'nothing' || rest === 'unsaid') return true
  return place.compare({ before: rest, after: field.node }, place).every(({ narrows }) => !narrows)
}

/** The one field of the other version that is alike and was not there before. */
function twinOf(field: Field, { from, without }: { from: Fields; without: Fields }): string | undefined {
  const shape = canonical(resolved(field.node).schema)
  const alike = Object.entries(from.fields).filter(
    ([name, other]) => ownField(without, name) === undefined && canonical(resolved(other.node).schema) === shape,
  )
  return alike.length === 1 ? alike[0]?.[0] : undefined
}
