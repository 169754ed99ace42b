import { optionTakesSurely } from './accepts.ts'
import { compareFields } from './compare-fields.ts'
import { compareLists } from './compare-lists.ts'
import { compareNumbers } from './compare-numbers.ts'
import { compareTexts } from './compare-texts.ts'
import { compareValues } from './compare-values.ts'
import type { Difference } from './difference.ts'
import { labelOf, nameOf } from './option-names.ts'
import type { Option } from './options.ts'
import type { Place } from './place.ts'
import { isSame } from './schema-node.ts'

type Options = readonly Option[]

/** Compares the sorts of value two versions take, each with its partner: objects of a union by what tells them apart, others by their type. */
export function compareOptions({ before, after }: { before: Options; after: Options }, place: Place): Difference[] {
  const isUnion = before.length > 1 || after.length > 1
  const { pairs, gone, come } = pairedUp(before, after)
  const [onlyGone, onlyCome] = [gone.length === 1 ? gone[0] : undefined, come.length === 1 ? come[0] : undefined]
  const inside = pairs.flatMap(({ old, now }) => {
    const label = labelOf(old)
    const isNamed = isUnion && old.kind === 'object'
    const at = isNamed ? { ...place, path: [...place.path, { kind: 'option' as const, label }] } : place
    return compareOption({ old, now }, { place: at, before, after })
  })
  if (onlyGone !== undefined && onlyCome !== undefined && !isTold(onlyGone) && !isTold(onlyCome))
    return [
      ...inside,
      {
        path: place.path,
        aspect: 'type',
        said: `is ${nameOf(onlyCome)}, was ${nameOf(onlyGone)}`,
        narrows: !isTakenBy(onlyGone, after, place),
        widens: !isTakenBy(onlyCome, before, place),
      },
    ]
  const lost = gone.map((option) => ({
    path: place.path,
    aspect: `option ${labelOf(option)}`,
    said: `may not be ${nameOf(option)} any more`,
    narrows: !isTakenBy(option, after, place),
    widens: false,
  }))
  const won = come.map((option) => ({
    path: place.path,
    aspect: `option ${labelOf(option)}`,
    said: `may now be ${nameOf(option)}`,
    narrows: false,
    widens: !isTakenBy(option, before, place),
  }))
  return [...inside, ...lost, ...won]
}

/** An object of a union, which has a name of its own. */
function isTold(option: Option): boolean {
  return option.kind === 'object' && labelOf(option) !== 'object'
}

function pairedUp(before: Options, after: Options): { pairs: { old: Option; now: Option }[]; gone: Option[]; come: Option[] } {
  const come = [...after]
  const pairs: { old: Option; now: Option }[] = []
  const gone: Option[] = []
  const isSingle = before.length === 1 && after.length === 1
  for (const old of before) {
    const at = come.findIndex((now) => now.kind === old.kind && (isSingle || labelOf(now) === labelOf(old)))
    const [now] = at === -1 ? [] : come.splice(at, 1)
    if (now === undefined) gone.push(old)
    else pairs.push({ old, now })
  }
  return { pairs, gone, come }
}

interface Surroundings {
  readonly place: Place
  readonly before: Options
  readonly after: Options
}

function compareOption({ old, now }: { old: Option; now: Option }, { place, before, after }: Surroundings): Difference[] {
  const differences: Difference[] = isSame(old.unknown, now.unknown)
    ? []
    : [{ path: place.path, aspect: 'unknown', said: 'changed in a way that cannot be judged here', narrows: true, widens: true }]
  if (old.kind === 'values' && now.kind === 'values') {
    const others = { before: before.filter((option) => option !== old), after: after.filter((option) => option !== now) }
    return [...differences, ...compareValues({ old, now }, { place, others })]
  }
  if (old.kind === 'text' && now.kind === 'text') return [...differences, ...compareTexts(old, now, place.path)]
  if (old.kind === 'number' && now.kind === 'number') return [...differences, ...compareNumbers(old, now, place.path)]
  if (old.kind === 'list' && now.kind === 'list') return [...differences, ...compareLists(old, now, place)]
  if (old.kind === 'object' && now.kind === 'object') return [...differences, ...compareFields(old, now, place)]
  return differences
}

/** Whether everything one option takes is taken by one of these. */
function isTakenBy(option: Option, takers: Options, place: Place): boolean {
  if (takers.some((taker) => taker.kind === 'anything' && taker.unknown === '')) return true
  if (option.kind === 'values') return option.values.every((value) => takers.some((taker) => optionTakesSurely(taker, value)))
  const alone = { before: [option], after: [option] }
  return takers.some(
    (taker) =>
      taker.kind === option.kind && compareOption({ old: option, now: taker }, { place, ...alone }).every(({ narrows }) => !narrows),
  )
}
