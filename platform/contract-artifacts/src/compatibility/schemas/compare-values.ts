import { optionTakesSurely } from './accepts.ts'
import type { Difference } from './difference.ts'
import { listed } from './option-names.ts'
import type { Option, Values } from './options.ts'
import type { Place } from './place.ts'
import { isSame, type Json } from './schema-node.ts'

interface Around {
  readonly place: Place
  /** The other options of each version's union. */
  readonly others: { readonly before: readonly Option[]; readonly after: readonly Option[] }
}

/** Compares lists of single values: an enum, a literal, true and false, null. */
export function compareValues({ old, now }: { old: Values; now: Values }, { place, others }: Around): Difference[] {
  const lost = old.values.filter((value) => !now.values.some((one) => isSame(one, value)))
  const won = now.values.filter((value) => !old.values.some((one) => isSame(one, value)))
  const { path } = place
  const differences: Difference[] = []
  if (lost.length > 0)
    differences.push({
      path,
      aspect: aspectOf(lost, 'lost'),
      said: `may not be ${listed(lost)} any more`,
      narrows: lost.some((value) => !others.after.some((option) => optionTakesSurely(option, value))),
      widens: false,
    })
  if (won.length > 0)
    differences.push({
      path,
      aspect: aspectOf(won, 'won'),
      said: `may now be ${listed(won)}`,
      narrows: false,
      widens: won.some((value) => !others.before.some((option) => optionTakesSurely(option, value))),
    })
  return differences
}

function aspectOf(values: readonly Json[], what: 'lost' | 'won'): string {
  return `${what} ${values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(',')}`
}
