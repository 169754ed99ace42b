import type { ContractProblem } from './contract-refused.ts'
import { platformReasons } from './platform-reasons.ts'
import { contractMembers, eventMembers, objectMembers, operationMembers, reservedWords } from './reserved-words.ts'

/** How names of one sort are written, and which are taken. */
interface NameRule {
  readonly form: RegExp
  readonly hint: string
  readonly taken: ReadonlySet<string>
  readonly takenBecause: string
}

const camelCase = /^[a-z][a-zA-Z0-9]*$/

export const nameRules = {
  contract: {
    form: /^[a-z][a-z0-9]{0,31}$/,
    hint: 'use one lower-case word of at most 32 letters and digits, as in orders',
    taken: contractMembers,
    takenBecause: 'the platform uses it itself',
  },
  operation: {
    form: camelCase,
    hint: 'use a verb and a noun in camelCase, as in placeOrder',
    taken: operationMembers,
    takenBecause: 'contracts and clients have a member of that name',
  },
  event: {
    form: camelCase,
    hint: 'use a noun and a past participle in camelCase, as in orderPlaced',
    taken: eventMembers,
    takenBecause: 'its subject carries redeliveries',
  },
  field: {
    form: camelCase,
    hint: 'use camelCase, as in orderId',
    taken: objectMembers,
    takenBecause: 'objects have a member of that name',
  },
  errorCode: {
    form: /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
    hint: 'use snake_case, as in out_of_stock',
    taken: new Set<string>(['ok', ...platformReasons]),
    takenBecause: 'the platform answers with it itself',
  },
} as const satisfies Record<string, NameRule>

/** Lists what makes one name unfit for Go, Java, Python or the platform. */
export function nameProblems(sort: keyof typeof nameRules, name: string, path: string): ContractProblem[] {
  const { form, hint, taken, takenBecause }: NameRule = nameRules[sort]
  if (!form.test(name)) return [{ path, problem: `the name "${name}" cannot be written alike in every language`, hint }]
  if (taken.has(name)) return [{ path, problem: `the name "${name}" is taken: ${takenBecause}`, hint: 'choose another word' }]

  const languages = [...reservedWords].filter(([, reserved]) => reserved.has(name)).map(([language]) => language)
  if (languages.length === 0) return []
  return [
    {
      path,
      problem: `"${name}" is a reserved word in ${languages.join(', ')}`,
      hint: 'choose another word, or say which one with a second word',
    },
  ]
}

/** Lists names that are told apart only by case or underscores: other languages and subjects would take them for one. */
export function twinProblems(names: readonly string[], pathOf: (name: string) => string): ContractProblem[] {
  const seen = new Map<string, string>()
  return names.flatMap((name) => {
    const folded = name.replaceAll('_', '').toLowerCase()
    const twin = seen.get(folded)
    if (twin === undefined) seen.set(folded, name)
    return twin === undefined
      ? []
      : [
          {
            path: pathOf(name),
            problem: `"${name}" and "${twin}" are one name in other languages`,
            hint: 'choose another word for one of them',
          },
        ]
  })
}
