import type { Random } from './random.ts'
import { regexTree, type RegexNode } from './regex-tree.ts'

const asciiLetters = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
// letters, digits and marks of several scripts, one beyond the first 65,536, spaces that are none
const otherLetters = ['\t', '\n', '\r', 'é', 'ß', 'Ω', 'ж', '中', '٣', '\u0301', '\u00a0', '\u200b', '🫖']
const alphabet: readonly string[] = [...asciiLetters, ...otherLetters]

/** Makes texts that an expression may match; whether they do is for the caller to try, where the expression looks around itself. */
export interface PatternTexts {
  /** A text by chance. */
  any(random: Random): string
  /** A text of so many characters, as near as one repetition comes to it. */
  ofLength(length: number, random: Random): string
}

/** Reads an expression once, to make many texts from it. */
export function textsByPattern({ source, flags }: RegExp): PatternTexts {
  const tree = regexTree(source)
  const matching = new Map<string, readonly string[]>()
  const lettersOf = (one: string): readonly string[] => {
    const known = matching.get(one)
    if (known !== undefined) return known
    const expression = new RegExp(`^(?:${one})$`, flags)
    const found = alphabet.filter((letter) => expression.test(letter))
    const letters = found.length > 0 ? found : lettersAnywhere(expression)
    matching.set(one, letters)
    return letters
  }

  const write = (node: RegexNode, random: Random, repeat: Repeat): string => {
    switch (node.kind) {
      case 'one':
        return random.pick(lettersOf(node.source)) ?? ''
      case 'row':
        return node.nodes.map((inner) => write(inner, random, repeat)).join('')
      case 'either': {
        const option = random.pick(node.options)
        return option === undefined ? '' : write(option, random, repeat)
      }
      case 'times':
        return Array.from({ length: repeat(node) }, () => write(node.node, random, repeat)).join('')
    }
  }
  return {
    any: (random) => write(tree, random, ({ least, most }) => random.int(least, Math.min(most, least + 4))),
    ofLength(length, random) {
      let left = length - write(tree, random, ({ least }) => least).length
      // the first that can be repeated takes up all that is missing, and the next what is left
      return write(tree, random, ({ least, most }) => {
        const more = Math.max(0, Math.min(most - least, left))
        left -= more
        return least + more
      })
    },
  }
}

type Repeat = (times: Extract<RegexNode, { kind: 'times' }>) => number

const enoughLetters = 16

/** Looks through all of Unicode: for expressions that want letters hardly anybody thinks of. */
function lettersAnywhere(expression: RegExp): readonly string[] {
  const found: string[] = []
  for (let code = 0; code <= 0x10ffff && found.length < enoughLetters; code += 1) {
    // halves of pairs are no characters
    if (code === 0xd800) code = 0xe000
    const letter = String.fromCodePoint(code)
    if (expression.test(letter)) found.push(letter)
  }
  return found
}
