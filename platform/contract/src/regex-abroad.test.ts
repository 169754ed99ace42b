import { describe, expect, it } from 'vitest'
import { regexProblems } from './regex-abroad.ts'

describe('a regular expression for every language', () => {
  const portable = [
    /^[A-Z]{3}$/,
    /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    /^(?:a|b)+?[^\]\\-]*$/,
    /^(?<year>\d+)\/\w+\s\x41\0?$/,
    /^\p{Lu}\P{L}$/u,
    /\bword\b[\s\S]/,
    /^[(?=]+$/,
    /^\(\?=\\1$/,
    /^[a-z]{1,1000}{$/,
  ]
  it.each(portable)('may be %s', (pattern) => {
    expect(regexProblems(pattern)).toEqual([])
  })

  const stranded: [pattern: RegExp, problem: string][] = [
    [/a(?=b)/, 'RE2 has no lookahead "(?="'],
    [/a(?!b)/, 'RE2 has no lookahead "(?!"'],
    [/(?<=a)b/, 'RE2 has no lookbehind "(?<="'],
    [/(?<!a)b/, 'RE2 has no lookbehind "(?<!"'],
    [/(a)\1/, 'RE2 has no backreferences'],
    [/(?<q>a)\k<q>/, 'RE2 has no backreferences'],
    [/\u20ac/, 'RE2 has no \\u escapes'],
    [/\u{1F600}/u, 'RE2 has no \\u escapes'],
    [/\cJ/, 'RE2 has no \\c'],
    [/[\b]/, 'RE2 has no \\b in a class'],
    [/[^]/, '[^] is an error in RE2'],
    [new RegExp('[]'), '[] is an error in RE2'],
    [/a{1001}/, 'RE2 repeats at most 1000 times'],
    [/a{2,5000}/, 'RE2 repeats at most 1000 times'],
    [/\p{Extended_Pictographic}/u, 'RE2 knows this \\p{…} under another name or not at all'],
    [/\p{Script=Greek}/u, 'RE2 knows this \\p{…} under another name or not at all'],
    [/a/i, 'the flag "i" is lost in JSON Schema'],
    [/a/gm, 'the flag "gm" is lost in JSON Schema'],
  ]
  it.each(stranded)('may not be %s: %s', (pattern, problem) => {
    expect(regexProblems(pattern)).toEqual([{ problem, hint: expect.stringMatching(/.{10}/) }])
  })

  it('is told everything at once', () => {
    expect(regexProblems(/(?=a)(b)\1/i)).toHaveLength(3)
  })
})
