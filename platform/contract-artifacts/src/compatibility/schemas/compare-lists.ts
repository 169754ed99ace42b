import { compareMax, compareMin, inclusive } from './compare-bounds.ts'
import type { Place } from './place.ts'
import type { Difference, Step } from './difference.ts'
import type { List } from './options.ts'

/** Compares lists: how many, and what at each position. */
export function compareLists(old: List, now: List, place: Place): Difference[] {
  const { path } = place
  const longest = Math.max(old.prefix.length, now.prefix.length)
  const positions = Array.from({ length: longest }, (_, position) => position).filter(
    // where one of them has nothing, its length says so
    (position) => position < old.max && position < now.max,
  )
  const compareAt = (step: Step, position: number): readonly Difference[] =>
    place.compare(
      { before: old.prefix[position] ?? old.items, after: now.prefix[position] ?? now.items },
      { ...place, path: [...path, step] },
    )
  const hasRest = old.max > longest && now.max > longest
  return [
    ...compareMin(
      { old: inclusive(old.min), now: inclusive(now.min) },
      { aspect: 'min', said: (limit) => `at least ${limit} items long` },
      path,
    ),
    ...compareMax(
      { old: inclusive(old.max), now: inclusive(now.max) },
      { aspect: 'max', said: (limit) => `at most ${limit} items long` },
      path,
    ),
    ...positions.flatMap((position) => compareAt({ kind: 'at', position }, position)),
    ...(hasRest ? compareAt({ kind: 'items' }, longest) : []),
  ]
}
