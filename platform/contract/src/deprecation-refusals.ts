import type { ContractProblem } from './contract-refused.ts'
import { markedDeprecation, type Deprecation } from './deprecation.ts'
import { isSchema, layersOf, walkSchema } from './walk-schema.ts'

/** Something that is or may be deprecated, among those that could replace it. */
interface Marked {
  readonly deprecation: unknown
  readonly name: string
  readonly others: readonly string[]
  /** A contract whose newer majors may replace it too. */
  readonly contract?: { readonly name: string; readonly version: number }
}

/** Lists what is wrong with one deprecation: its dates, and a replacement that is not there. */
export function deprecationProblems({ deprecation, name, others, contract }: Marked, path: string): ContractProblem[] {
  if (deprecation === undefined) return []
  // contracts written in JavaScript or with a cast say anything here
  const { since, sunset, use } = (deprecation ?? {}) as { readonly [Part in keyof Deprecation]?: string | number | null }
  const isKnown = typeof use === 'string' && (others.includes(use) || (contract !== undefined && isNewer(use, contract)))
  return [
    ...(isDay(since) ? [] : [{ path: `${path}.since`, problem: `"${String(since)}" is no date`, hint: dayHint }]),
    ...(sunset === undefined || isDay(sunset)
      ? []
      : [{ path: `${path}.sunset`, problem: `"${String(sunset)}" is no date`, hint: dayHint }]),
    ...(isDay(since) && isDay(sunset) && sunset <= since
      ? [{ path: `${path}.sunset`, problem: 'it ends before it is deprecated', hint: 'leave callers time between the two' }]
      : []),
    ...(use === undefined || (isKnown && use !== name)
      ? []
      : [
          {
            path: `${path}.use`,
            problem: use === name ? 'it cannot replace itself' : `there is no ${String(use)} to use instead`,
            hint:
              contract === undefined ? 'name one beside it' : 'name one of the same contract, or the address of one in a newer major of it',
          },
        ]),
  ]
}

/** Lists what is wrong with the deprecations of fields, and with those of what is no field. */
export function fieldDeprecationProblems(schema: unknown, path: string): ContractProblem[] {
  const problems: ContractProblem[] = []
  if (!isSchema(schema)) return problems
  walkSchema(schema, (node) => {
    const at = path + node.path
    if (markedDeprecation(node.schema) !== undefined && node.holder !== 'object')
      problems.push({
        path: at,
        problem: 'only operations, events and fields of objects can be deprecated',
        hint: 'mark the field that holds it',
      })
    if (node.def.type !== 'object') return undefined
    const names = Object.keys(node.def.shape)
    for (const [name, field] of Object.entries(node.def.shape)) {
      const deprecation = layersOf(field)
        .map(markedDeprecation)
        .find((mark) => mark !== undefined)
      problems.push(...deprecationProblems({ deprecation, name, others: names }, `${at}.${name}.deprecated`))
    }
    return undefined
  })
  return problems
}

const dayHint = 'write the day as in 2026-11-01'

function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(text)
  // the 30th of February would be read as some other day
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function isNewer(use: string, contract: { readonly name: string; readonly version: number }): boolean {
  const [, name, version] = /^([a-z0-9]+)\.v([1-9]\d*)\/[a-z][a-zA-Z0-9]*$/.exec(use) ?? []
  return name === contract.name && Number(version) > contract.version
}
