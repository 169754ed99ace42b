import { compareOptions } from './compare-options.ts'
import type { Difference, Step } from './difference.ts'
import { optionsOf } from './options.ts'
import type { Pair, Place } from './place.ts'
import { canonical, isSame, recordOf, resolved, type SchemaNode } from './schema-node.ts'

/**
 * Lists in what two versions of a schema differ. Guarantee: when no difference narrows, everything the version before
 * takes is taken by the version after; when none widens, the reverse. A difference may be listed as narrowing or
 * widening though no such value exists (two patterns are not compared for what they match).
 */
export function compareSchemas(pair: Pair, strangers: Place['strangers']): readonly Difference[] {
  return compareNodes(pair, { path: [], strangers, around: new Set(), compare: compareNodes })
}

function compareNodes({ before, after }: Pair, place: Place): readonly Difference[] {
  const key = recursionKey({ before, after })
  if (key !== undefined && place.around.has(key)) return []
  const inside = key === undefined ? place : { ...place, around: new Set([...place.around, key]) }
  const pair = { before: optionsOf(before), after: optionsOf(after) }
  return [...compareOptions(pair, inside), ...compareWords({ before, after }, place.path)]
}

/** Only a named shape can hold itself. */
function recursionKey({ before, after }: Pair): string | undefined {
  const refers = [before, after].some(({ schema }) => typeof schema === 'object' && '$ref' in schema)
  return refers ? `${canonical(before.schema)} ${canonical(after.schema)}` : undefined
}

function compareWords({ before, after }: Pair, path: readonly Step[]): Difference[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const differ = (keyword: string): boolean => !isSame(old[keyword], now[keyword])
  const harmless = { path, narrows: false, widens: false }
  const differences: Difference[] = []
  if (differ('default')) {
    const was = old['default'] === undefined ? '' : `, was ${canonical(old['default'])}`
    const said =
      now['default'] === undefined ? `has no default any more${was}` : `left out, it now means ${canonical(now['default'])}${was}`
    differences.push({ ...harmless, aspect: 'default', said })
  }
  if (differ('deprecated'))
    differences.push({
      ...harmless,
      aspect: 'deprecated',
      said: now['deprecated'] === undefined ? 'is not deprecated any more' : 'is deprecated',
    })
  if (differ('description') || differ('title') || differ('examples'))
    differences.push({ ...harmless, aspect: 'words', said: 'is described otherwise', isWording: true })
  return differences
}

function wordsOf(node: SchemaNode): Record<string, unknown> {
  return { ...recordOf(resolved(node).schema), ...recordOf(node.schema) }
}
