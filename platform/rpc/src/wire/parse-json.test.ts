import { describe, expect, it } from 'vitest'
import { ForbiddenKeyError, parseJson } from './parse-json.ts'

describe('JSON that a server answered', () => {
  it.each(['{"__proto__":{}}', '{"a":[{"constructor":1}]}', '{"\\u005f_proto__":{}}', '{"c\\u006fnstructor":{}}'])(
    'holds no key as in %s',
    (text) => {
      expect(() => parseJson(text)).toThrow(ForbiddenKeyError)
    },
  )

  it('may hold the same words as values, and any text', () => {
    expect(parseJson('{"job":"constructor","note":"__proto__","half":"\\ud800"}')).toEqual({
      job: 'constructor',
      note: '__proto__',
      half: '\ud800',
    })
  })

  it('is looked through to any depth', () => {
    const deep = `${'['.repeat(50_000)}{"__proto__":1}${']'.repeat(50_000)}`
    expect(() => parseJson(deep)).toThrow('the key __proto__ is not accepted')
  })

  it('is told to be none when it is broken off', () => {
    expect(() => parseJson('{"a":')).toThrow(SyntaxError)
  })
})
