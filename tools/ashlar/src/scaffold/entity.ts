import { camelCase, pascalCase } from './words.ts'

/** What a service keeps, in the names its files use. */
export interface Entity {
  /** The service and its contract: `reviews`. */
  readonly service: string
  /** `review`, `billingEntry`. */
  readonly one: string
  /** As a type: `Review`, `BillingEntry`. */
  readonly type: string
  /** As people say it: `review`, `billing entry`. */
  readonly words: string
  /** As a file is named: `review`, `billing-entry`. */
  readonly file: string
  /** As a table is named: `reviews`, `billing_entries`. */
  readonly table: string
}

// These would hide what a service's files use by that name, or cannot be names at all.
const unfit = new Set(
  'class default delete export extends function import interface let new package private protected public return static super switch this throw typeof var void while with yield reference id clock text now at tx'.split(
    ' ',
  ),
)

/** Names one of what a service is about: of `reviews` a review; of what has no plural, as `billing`, an entry. */
export function entityOf(service: string): Entity {
  const one = singularOf(service)
  const words = one === undefined || unfit.has(one) ? [service, 'entry'] : [one]
  return {
    service,
    one: camelCase(words),
    type: pascalCase(camelCase(words)),
    words: words.join(' '),
    file: words.join('-'),
    table: words.length === 1 ? service : `${service}_entries`,
  }
}

function singularOf(word: string): string | undefined {
  if (/(?:ss|us|is)$/.test(word) || !/..s$/.test(word)) return undefined
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(?:ss|x|ch|sh)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}
