import { sample, stringMatching } from 'fast-check'
import { expression, optionAccepts } from '../schemas/accepts.ts'
import type { Text } from '../schemas/options.ts'

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
const letters = ['a', 'A', '0', 'a-', '-']

/** Gives texts that fit, the plainest first: of a format, of the patterns, of each length asked for. Always the same for the same question. */
export function textsFor(text: Text, lengths: readonly number[] = []): string[] {
  const wanted = [...lengths, 3, 1, 0, text.min, text.max].filter((length) => length >= 0 && length <= longest)
  const plain = wanted.flatMap((length) => letters.map((letter) => letter.repeat(length).slice(0, length)))
  const known = text.format === undefined ? undefined : byFormat[text.format]
  const candidates = [
    ...(known === undefined ? [] : [known]),
    ...text.patterns.flatMap((pattern) => matching(pattern, known === undefined ? 40 : 3)),
    ...plain,
    ' ',
    'é',
  ]
  return [...new Set(candidates)]
    .filter((candidate) => optionAccepts(text, candidate))
    .toSorted((a, b) => Number(b === known) - Number(a === known))
}

function matching(pattern: string, numRuns: number): string[] {
  try {
    const made = sample(stringMatching(expression(pattern)), { numRuns, seed: 1 })
    return made.toSorted((a, b) => strangeness(a) - strangeness(b) || a.length - b.length)
  } catch {
    // what cannot be generated from (a lookahead) is left to the formats and the plain texts
    return []
  }
}

function strangeness(text: string): number {
  return (text.match(/[^\w .@-]/gu) ?? []).length
}
