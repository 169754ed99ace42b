import { compareMax, compareMin } from './compare-bounds.ts'
import type { Difference, Step } from './difference.ts'
import type { Numbers } from './options.ts'

/** Compares numbers: whole or not, their bounds, and what they must be a multiple of. */
export function compareNumbers(old: Numbers, now: Numbers, path: readonly Step[]): Difference[] {
  const whole: Difference[] =
    old.whole === now.whole
      ? []
      : [
          {
            path,
            aspect: 'whole',
            said: now.whole ? 'must be a whole number' : 'need not be a whole number any more',
            narrows: now.whole,
            widens: old.whole,
          },
        ]
  return [
    ...whole,
    ...compareMin({ old: old.min, now: now.min }, { aspect: 'min', said: (limit) => `at least ${limit}` }, path),
    ...compareMax({ old: old.max, now: now.max }, { aspect: 'max', said: (limit) => `at most ${limit}` }, path),
    ...compareMultiples(old, now, path),
  ]
}

function compareMultiples(old: Numbers, now: Numbers, path: readonly Step[]): Difference[] {
  // everything divisible by six is divisible by three
  const isKept = (step: number, by: Numbers): boolean =>
    by.multiples.some((one) => Number.isInteger(one / step)) || (step === 1 && by.whole)
  const narrows = now.multiples.some((step) => !isKept(step, old))
  const widens = old.multiples.some((step) => !isKept(step, now))
  if (!narrows && !widens) return []
  const said =
    now.multiples.length === 0
      ? `need not be a multiple of ${old.multiples.join(' and ')} any more`
      : `must be a multiple of ${now.multiples.join(' and ')}`
  return [{ path, aspect: 'multiple', said, narrows, widens }]
}
