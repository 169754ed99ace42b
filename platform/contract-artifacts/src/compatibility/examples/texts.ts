import { expression, optionAccepts } from '../schemas/accepts.ts'
import type { Text } from '../schemas/options.ts'
import { seededRandom } from '../../values/random.ts'
import { textsByPattern } from '../../values/text-by-pattern.ts'

const byFormat: Readonly<Record<string, string>> = {
  uuid: '0193b5c7-5a3e-7cc1-8d2f-6b1f0a9c4e21',
  email: 'ada@example.com',
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00',
  duration: 'P1D',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/tea',
  base64: 'dGVh',
}
// A length that shows what is refused for it, and can still be written down.
const longest = 5_000
const samples = 60
const letters = ['a', 'A', '0', 'a-', '-', ' ', 'é']

/** Gives the plainest text that fits. */
export function plainText(text: Text): string | undefined {
  const fits = (candidate: string): boolean => optionAccepts(text, candidate)
  return known(text).find(fits) ?? plain([3, text.min, text.max]).find(fits) ?? matchingAll(text.patterns, [3, text.min]).find(fits)
}

/** Gives texts that fit: of a format, of the patterns, of each length asked for. Always the same for the same question. */
export function textsFor(text: Text, lengths: readonly number[] = []): string[] {
  const wanted = [...new Set([3, 1, 0, 2, 4, text.min, text.max, ...lengths])].filter((length) => length >= 0 && length <= longest)
  const candidates = [...known(text), ...plain(wanted), ...matchingAll(text.patterns, wanted)]
  return [...new Set(candidates)].filter((candidate) => optionAccepts(text, candidate))
}

function known({ format }: Text): string[] {
  return format !== undefined && Object.hasOwn(byFormat, format) ? [byFormat[format] ?? ''] : []
}

function plain(lengths: readonly number[]): string[] {
  const some = lengths.filter((length) => length <= longest)
  return some.flatMap((length) => letters.map((letter) => letter.repeat(length).slice(0, length)))
}

/** Texts of each pattern, and those of one after those of another, which may match both. */
function matchingAll(patterns: readonly string[], lengths: readonly number[]): string[] {
  const [first = [], ...others] = patterns.map((pattern) => matching(pattern, lengths))
  const joined = others.flatMap((other) => other.flatMap((text, at) => [`${first[at] ?? ''}${text}`, `${text}${first[at] ?? ''}`]))
  return [...first, ...others.flat(), ...joined]
}

function matching(pattern: string, lengths: readonly number[]): string[] {
  const texts = textsByPattern(expression(pattern))
  const random = seededRandom(pattern)
  const any = Array.from({ length: samples }, () => texts.any(random))
  return [...lengths.filter((length) => length <= longest).map((length) => texts.ofLength(length, random)), ...any]
}
