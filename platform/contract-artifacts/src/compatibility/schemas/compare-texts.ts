import { compareMax, compareMin, inclusive } from './compare-bounds.ts'
import type { Difference, Step } from './difference.ts'
import type { Text } from './options.ts'

/** Compares texts: their length, and what they must look like. */
export function compareTexts(old: Text, now: Text, path: readonly Step[]): Difference[] {
  return [
    ...compareMin(
      { old: inclusive(old.min), now: inclusive(now.min) },
      { aspect: 'min', said: (limit) => `at least ${limit} characters long` },
      path,
    ),
    ...compareMax(
      { old: inclusive(old.max), now: inclusive(now.max) },
      { aspect: 'max', said: (limit) => `at most ${limit} characters long` },
      path,
    ),
    ...compareForms(old, now, path),
  ]
}

/** A form more is a tighter promise; any other change of patterns may go both ways, since what they match is not compared. */
function compareForms(old: Text, now: Text, path: readonly Step[]): Difference[] {
  const [was, is] = [formsOf(old), formsOf(now)]
  const lost = was.filter((form) => !is.includes(form))
  const won = is.filter((form) => !was.includes(form))
  if (lost.length === 0 && won.length === 0) return []
  const said =
    won.length === 0
      ? `need not be ${formText(old)} any more`
      : lost.length === 0
        ? `must be ${formText(now)}`
        : `must be ${formText(now)}, was ${formText(old)}`
  return [{ path, aspect: 'form', said, narrows: won.length > 0, widens: lost.length > 0 }]
}

function formsOf({ format, patterns }: Text): string[] {
  return [...(format === undefined ? [] : [`format ${format}`]), ...patterns]
}

function formText({ format, patterns }: Text): string {
  return format === undefined ? `like ${patterns.map((pattern) => `/${pattern}/`).join(' and ')}` : `in the format ${format}`
}
