/** One reason why a regular expression means something else, or nothing, in other languages. */
export interface RegexProblem {
  readonly problem: string
  readonly hint: string
}

// What follows a backslash and means the same to JavaScript and to Go's RE2, apart from punctuation.
const knownEscapes = /^(?:[dDsSwWbBfnrtv]|0(?!\d)|x[0-9A-Fa-f]{2})/
const knownEscapesInClass = /^(?:[dDsSwWfnrtv]|0(?!\d)|x[0-9A-Fa-f]{2})/
const shortCategory = /^[pP]\{[A-Z][a-z]?\}/
const mostRepeats = 1_000

/** Finds what in a regular expression Go's RE2 cannot run (https://github.com/google/re2/wiki/Syntax) or JSON Schema cannot carry. */
export function regexProblems(pattern: RegExp): RegexProblem[] {
  const problems: RegexProblem[] = []
  const flags = pattern.flags.replace('u', '')
  if (flags !== '')
    problems.push({
      problem: `the flag "${flags}" is lost in JSON Schema`,
      hint: 'write it into the pattern, as in [A-Za-z] for the flag i',
    })

  const { source } = pattern
  let inClass = false
  for (let at = 0; at < source.length; at += 1) {
    const rest = source.slice(at)
    const char = source[at]
    if (char === '\\') {
      const problem = escapeProblem(rest.slice(1), inClass ? knownEscapesInClass : knownEscapes)
      if (problem !== undefined) problems.push(problem)
      at += 1
    } else if (inClass) {
      if (char === ']') inClass = false
    } else if (char === '[') {
      inClass = true
      if (/^\[\^?\]/.test(rest))
        problems.push({ problem: `${rest.startsWith('[^') ? '[^]' : '[]'} is an error in RE2`, hint: 'use [\\s\\S] for anything' })
    } else {
      const problem = groupProblem(rest) ?? repeatProblem(rest)
      if (problem !== undefined) problems.push(problem)
    }
  }
  return problems
}

function escapeProblem(escaped: string, known: RegExp): RegexProblem | undefined {
  if (/^[^A-Za-z0-9]/.test(escaped) || known.test(escaped) || shortCategory.test(escaped)) return undefined
  if (/^(?:[1-9]|k<)/.test(escaped)) return { problem: 'RE2 has no backreferences', hint: 'check the repetition in the handler' }
  if (/^[pP]/.test(escaped))
    return {
      problem: 'RE2 knows this \\p{…} under another name or not at all',
      hint: 'use a general category such as \\p{L} or \\p{Lu}, or ranges',
    }
  if (escaped.startsWith('u'))
    return { problem: 'RE2 has no \\u escapes', hint: 'write the character itself, or \\x and two hexadecimal digits' }
  return { problem: `RE2 has no \\${escaped[0]}${known === knownEscapesInClass ? ' in a class' : ''}`, hint: 'write the character itself' }
}

function groupProblem(rest: string): RegexProblem | undefined {
  const [lookaround] = /^\(\?<?[=!]/.exec(rest) ?? []
  if (lookaround === undefined) return undefined
  const name = lookaround.includes('<') ? 'lookbehind' : 'lookahead'
  return { problem: `RE2 has no ${name} "${lookaround}"`, hint: 'say it as two patterns, or check it in the handler' }
}

function repeatProblem(rest: string): RegexProblem | undefined {
  const [, least, most] = /^\{(\d+)(?:,(\d*))?\}/.exec(rest) ?? []
  if (Math.max(Number(least ?? 0), Number(most ?? 0)) <= mostRepeats) return undefined
  return { problem: `RE2 repeats at most ${mostRepeats} times`, hint: 'use .min() and .max() for lengths' }
}
