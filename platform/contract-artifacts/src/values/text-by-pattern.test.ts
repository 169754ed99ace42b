import { describe, expect, it } from 'vitest'
import { seededRandom } from './random.ts'
import { textsByPattern } from './text-by-pattern.ts'

const random = seededRandom('patterns')

describe('texts of an expression', () => {
  it.each([
    /^[A-Z]{2}$/u,
    /^\d{4}-\d{2}-\d{2}$/u,
    /^[A-Z0-9]+(-[A-Z0-9]+)*$/u,
    /^(?:red|green|bl(?:ue|ack))$/u,
    /^\P{Cc}+$/u,
    /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/u,
    /^a?b*c+d{0,3}e{2,}$/u,
    /^[\]\\^-]+$/u,
    /^\u0041\x42\u{1F375}\.$/u,
    /^(?<year>\d+)\/\w+$/u,
    /^\p{Script=Greek}{3}$/u,
    /^$/u,
  ])('all match %s', (pattern) => {
    const texts = Array.from({ length: 50 }, () => textsByPattern(pattern).any(random))
    expect(texts.filter((text) => !pattern.test(text))).toEqual([])
  })

  it.each([
    [/^[A-Za-z0-9_-]+$/u, 40],
    [/^[A-Z0-9]+(-[A-Z0-9]+)*$/u, 40],
    [/^x[a-c]{2,5}y{0,9}$/u, 12],
    [/^[A-Z]{3}$/u, 3],
  ])('of %s can have %i characters', (pattern, length) => {
    const text = textsByPattern(pattern).ofLength(length, random)
    expect([text.length, pattern.test(text)]).toEqual([length, true])
  })

  it('come as near to a length as the expression lets them', () => {
    expect(textsByPattern(/^[a-z]{2,5}$/u).ofLength(9, random)).toMatch(/^[a-z]{5}$/)
    expect(textsByPattern(/^[a-z]{2,5}$/u).ofLength(0, random)).toMatch(/^[a-z]{2}$/)
  })
})
