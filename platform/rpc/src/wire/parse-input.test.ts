import { assert, jsonValue, property } from 'fast-check'
import { RequestRefusedError } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { parseInput } from './parse-input.ts'

function refusalOf(given: Buffer | string, deepest?: number): Pick<RequestRefusedError, 'reason' | 'message' | 'issues'> {
  try {
    parseInput(given, deepest === undefined ? {} : { deepest })
  } catch (cause) {
    if (cause instanceof RequestRefusedError) return cause
    throw cause
  }
  throw new Error(`${String(given)} was accepted`)
}

describe('JSON that a caller sends', () => {
  it('is read like any JSON, from bytes and from text', () => {
    const harmless = jsonValue().filter((value) => !/"(?:__proto__|constructor)":|\\u0000|\\ud/.test(JSON.stringify(value)))
    assert(
      property(harmless, (value) => {
        const text = JSON.stringify(value)
        expect(parseInput(text)).toEqual(JSON.parse(text))
        expect(parseInput(Buffer.from(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('may spell whole characters by escapes', () => {
    expect(parseInput('{"\\u0061":"\\ud83c\\udf75 \\u00e4 \\u0001"}')).toEqual({ a: '🍵 ä \u0001' })
  })

  it.each([
    { what: 'half a surrogate pair', text: '{"lines":[{"note":"a"},{"note":"\\ud800"}]}', path: ['lines', 1, 'note'], flaw: 'surrogate' },
    { what: 'the other half', text: '{"note":"\\udc00\\ud800"}', path: ['note'], flaw: 'surrogate' },
    { what: 'NUL', text: '{"note":"a\\u0000b"}', path: ['note'], flaw: 'NUL' },
    { what: 'NUL at the top', text: '"\\u0000"', path: [], flaw: 'NUL' },
    { what: 'NUL in a name', text: '{"extra":{"a\\u0000":1}}', path: ['extra'], flaw: 'a name in it holds the character NUL' },
  ])('holds no $what in its texts', ({ text, path, flaw }) => {
    const { reason, issues } = refusalOf(text)
    expect([reason, issues]).toEqual(['invalid_input', [{ path, message: expect.stringContaining(flaw) }]])
  })

  it.each(['{"__proto__":{}}', '{"a":[{"constructor":1}]}', '{"\\u005f_proto__":{}}', '{"c\\u006fnstructor":{}}'])(
    'holds no key as in %s',
    (text) => {
      expect(refusalOf(text)).toMatchObject({ reason: 'invalid_json', message: expect.stringMatching(/^the key (__proto__|constructor)/) })
    },
  )

  it('is not searched for words that are values', () => {
    expect(parseInput('{"job":"constructor","note":"__proto__"}')).toEqual({ job: 'constructor', note: '__proto__' })
  })

  it.each([
    ['a lone continuation byte', [0x80]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['latin1', [0xe4, 0x20]],
  ])('is UTF-8: %s', (_what, bytes) => {
    const given = Buffer.concat([Buffer.from('{"note":"'), Buffer.from(bytes), Buffer.from('"}')])
    expect(refusalOf(given)).toMatchObject({ reason: 'invalid_json', message: expect.stringContaining('UTF-8') })
  })

  it('is told to be none without being repeated', () => {
    expect(refusalOf('{"password":"hunter2')).toMatchObject({ reason: 'invalid_json', message: 'this is not valid JSON' })
    expect(JSON.stringify(refusalOf('{"password":"hunter2'))).not.toContain('hunter2')
  })

  it('is looked through to any depth, or up to one', () => {
    const nested = (depth: number, inner: string) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`
    expect(refusalOf(nested(50_000, '{"__proto__":1}')).message).toBe('the key __proto__ is not accepted')
    expect(refusalOf(nested(50_000, '"\\u0000"')).issues?.[0]?.path).toHaveLength(50_000)
    expect(parseInput(nested(3, '"[[[["'), { deepest: 3 })).toEqual([[['[[[[']]])
    expect(refusalOf(nested(4, ''), 3)).toMatchObject({ reason: 'invalid_json', message: 'more than 3 levels of JSON' })
  })
})
