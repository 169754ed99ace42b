import type { DescribedValue } from './described-value.ts'
import type { Random } from './random.ts'
import type { TextShape } from './shape.ts'
import { edgesOfFormat, textOfFormat } from './text-of-format.ts'

const words = ['amber', 'basil', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'harbour', 'indigo', 'jasmine', 'kettle', 'lantern']
const tries = 60
/** Nobody learns more from a text longer than this. */
const longestMade = 20_000
/** What breaks programs that take text for letters: marks, pairs, right to left, no width, quotes, markup, words that mean something elsewhere. */
const edges: readonly (readonly [about: string, text: string])[] = [
  ['a letter and its mark', 'e\u0301'],
  ['a pair of surrogates', '🫖'],
  ['a family of one sign', '👩‍👩‍👧'],
  ['another script', '紅茶'],
  ['right to left', 'شاي'],
  ['without width', 'a\u200bb'],
  ['a line break', 'a\nb'],
  ['spaces around', ' tea '],
  ['quotes', `O'Hara "the" \\ second`],
  ['markup', '<b>tea</b> &amp; {{cup}} %s ${x}'],
  ['end of a statement', `'; --`],
  ['a reserved key', '__proto__'],
  ['nothing by name', 'null'],
  ['a number by look', '1e309'],
]

/** Makes a text by chance, readable where the shape leaves room. Throws `RangeError` where none was found. */
export function anyText(shape: TextShape, random: Random): string {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    for (const make of [
      () => likelyText(shape, random),
      ...shape.makers.map((maker) => () => maker.any(random)),
      () => joined(shape, random),
    ]) {
      const text = make()
      if (fits(shape, text)) return text
    }
  }
  throw new RangeError(`no text was found that matches ${shape.patterns.map(({ source }) => source).join(' and ')}`)
}

/** Makes the texts at the edges of what is allowed. */
export function boundaryTexts(shape: TextShape, random: Random): DescribedValue[] {
  const shortest = textOfLength(shape, shape.shortest, random) ?? leastText(shape, random)
  const longest = shape.longest <= longestMade ? textOfLength(shape, shape.longest, random) : undefined
  return [
    ...(shortest === undefined ? [] : [{ about: 'the shortest', value: shortest }]),
    ...(longest === undefined ? [] : [{ about: 'the longest', value: longest }]),
    ...(shape.format === undefined ? edges : (edgesOfFormat[shape.format] ?? [])).flatMap(([about, value]) =>
      fits(shape, value) ? [{ about, value }] : [],
    ),
  ]
}

/** Makes texts just beyond what is allowed. */
export function invalidTexts(shape: TextShape, random: Random): DescribedValue[] {
  const { shortest, longest } = shape
  const good = anyText(shape, random)
  const likely = [
    'not of this form',
    '!',
    '\u0007',
    ` ${good}`,
    `${good}\n`,
    `${good}é`,
    good.toUpperCase(),
    good.toLowerCase(),
    good.slice(1),
  ]
  const misshapen = shape.patterns.length === 0 ? [] : likely.filter((text) => isLongEnough(shape, text) && !matches(shape, text))
  return [
    ...(shortest > 0 ? [{ about: 'too short', value: textOfLength({ ...shape, shortest: 0 }, shortest - 1, random) ?? '' }] : []),
    ...(longest < longestMade ? [{ about: 'too long', value: longerText(shape, random) }] : []),
    ...misshapen.slice(0, 3).map((value) => ({ about: `of another form, ${JSON.stringify(value)}`, value })),
    ...(shape.format !== undefined && shape.patterns.length === 0 ? [{ about: `no ${shape.format}`, value: 'not of this form' }] : []),
  ]
}

/** One text behind the other: what must begin so, hold this and end so asks for that. */
function joined({ makers }: TextShape, random: Random): string {
  return makers.map((maker) => maker.any(random)).join('')
}

/** A text of the format, else some words of about the right length. */
function likelyText({ format, shortest, longest }: TextShape, random: Random): string {
  const ofFormat = format === undefined ? undefined : textOfFormat(format, random)
  if (ofFormat !== undefined) return ofFormat
  const plain = Array.from({ length: random.int(1, 3) }, () => random.pick(words)).join(' ')
  return plain.padEnd(shortest, ' and more').slice(0, Math.min(longest, longestMade)).trimEnd()
}

/** Makes a text of exactly so many UTF-16 units that matches, if there is one that is easily found. */
function textOfLength(shape: TextShape, length: number, random: Random): string | undefined {
  const { makers, format } = shape
  const stretched = format === undefined ? 'a'.repeat(length) : textOfFormat(format, random, length)
  const likely = [...(stretched === undefined ? [] : [stretched]), ...makers.map((maker) => maker.ofLength(length, random))]
  return likely.find((text) => text.length === length && matches(shape, text))
}

/** The text with the fewest repetitions, where the shortest allowed is of no such form. */
function leastText(shape: TextShape, random: Random): string | undefined {
  const least = shape.makers.map((maker) => maker.ofLength(0, random))
  return [...least, least.join('')].find((text) => fits(shape, text))
}

function longerText(shape: TextShape, random: Random): string {
  return textOfLength(shape, shape.longest + 1, random) ?? 'a'.repeat(shape.longest + 1)
}

function fits(shape: TextShape, text: string): boolean {
  return isLongEnough(shape, text) && matches(shape, text)
}

function isLongEnough({ shortest, longest }: TextShape, text: string): boolean {
  // counted both as characters, as JSON Schema does, and as UTF-16 units, as Zod does
  return Array.from(text).length >= shortest && text.length <= longest
}

function matches({ patterns }: TextShape, text: string): boolean {
  return patterns.every((pattern) => pattern.test(text))
}
