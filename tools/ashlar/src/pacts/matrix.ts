import { contentOf } from './content-of.ts'
import { readEnvironments } from './environments.ts'
import { currentPacts } from './pact-files.ts'
import { readResults } from './results.ts'

/** What is known of one consumer's pact and one version of its provider. */
export interface MatrixRow {
  readonly provider: string
  readonly version: string
  readonly consumer: string
  readonly pact: string
  /** `stale`: kept or broken when it was last tried, and one of the two has changed since. */
  readonly outcome: 'kept' | 'broken' | 'stale' | 'unknown'
  readonly broken: readonly string[]
  /** Where the version or the pact is current: `here`, and environments by name. */
  readonly where: readonly string[]
}

/** Gives every pair that is current somewhere, and every other pair that is on record. */
export async function matrixOf(root: string): Promise<MatrixRow[]> {
  const [pacts, environments] = await Promise.all([currentPacts(root), readEnvironments(root)])
  const providers = [...new Set([...pacts, ...environments.flatMap((one) => one.pacts)].map(({ provider }) => provider))].toSorted()
  const rows = providers.map(async (provider) => {
    const { version } = await contentOf(root, provider)
    const here = pacts.flatMap((pact) =>
      pact.provider === provider ? [{ consumer: pact.consumer, pact: pact.hash, version, where: 'here' }] : [],
    )
    const there = environments.flatMap(({ name, services, pacts: deployed }) =>
      deployed.flatMap((pact) => {
        const running = services[provider]
        if (pact.provider !== provider || running === undefined) return []
        return [{ consumer: pact.consumer, pact: pact.hash, version: running, where: name }]
      }),
    )
    const { results } = await readResults(root, provider)
    const wanted = new Map([...here, ...there, ...results.map((one) => ({ ...one, where: undefined }))].map((one) => [nameOf(one), one]))
    return [...wanted.values()].map((one): MatrixRow => {
      const result = results.find((known) => nameOf(known) === nameOf(one))
      const where = [...here, ...there].flatMap((place) => (nameOf(place) === nameOf(one) ? [place.where] : []))
      const wasTried = results.some(({ consumer }) => consumer === one.consumer)
      const outcome = result === undefined ? (wasTried ? 'stale' : 'unknown') : result.broken.length === 0 ? 'kept' : 'broken'
      return { provider, version: one.version, consumer: one.consumer, pact: one.pact, outcome, broken: result?.broken ?? [], where }
    })
  })
  return (await Promise.all(rows)).flat().toSorted((one, other) => (sortName(one) < sortName(other) ? -1 : 1))
}

/** Writes the matrix as a Markdown table. */
export function asMarkdown(rows: readonly MatrixRow[]): string {
  const lines = rows.map(({ provider, version, consumer, pact, outcome, broken, where }) => {
    const said = outcome === 'broken' ? `broken: ${broken.join('; ').replaceAll('|', String.raw`\|`)}` : outcome
    return `| ${consumer} | ${pact} | ${provider} | ${version} | ${said} | ${where.join(', ')} |`
  })
  return ['| consumer | pact | provider | version | outcome | where |', '| --- | --- | --- | --- | --- | --- |', ...lines].join('\n')
}

function nameOf({ consumer, pact, version }: { consumer: string; pact: string; version: string }): string {
  return `${consumer} ${pact} ${version}`
}

/** What is current here comes first, then what runs somewhere, then what is only on record. */
function sortName({ provider, consumer, where, version }: MatrixRow): string {
  const age = where.includes('here') ? 0 : where.length > 0 ? 1 : 2
  return `${provider} ${consumer} ${age} ${version}`
}
