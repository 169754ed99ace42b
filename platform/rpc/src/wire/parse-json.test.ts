import { assert, jsonValue, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ForbiddenKeyError, parseJson } from './parse-json.ts'

describe('JSON from the wire', () => {
  it('is read like any JSON', () => {
    const harmless = jsonValue().filter((value) => !/"(?:__proto__|constructor)":/.test(JSON.stringify(value)))
    assert(
      property(harmless, (value) => {
        expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it.each(['{"__proto__":{}}', '{"a":[{"constructor":1}]}', '{"\\u005f_proto__":{}}', '{"c\\u006fnstructor":{}}'])(
    'refuses the key in %s',
    (text) => {
      expect(() => parseJson(text)).toThrow(ForbiddenKeyError)
    },
  )

  it('accepts the same words as values', () => {
    expect(parseJson('{"job":"constructor","note":"__proto__"}')).toEqual({ job: 'constructor', note: '__proto__' })
  })

  it('looks through nesting of any depth', () => {
    const deep = `${'['.repeat(50_000)}{"__proto__":1}${']'.repeat(50_000)}`
    expect(() => parseJson(deep)).toThrow('the key __proto__ is not accepted')
  })

  it('says that broken text is no JSON', () => {
    expect(() => parseJson('{"a":')).toThrow(SyntaxError)
  })
})
