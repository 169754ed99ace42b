import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { jsonIn } from '../files/json-in.ts'

/** One version of a provider, held to one pact of a consumer. */
export interface Result {
  readonly version: string
  readonly consumer: string
  /** Hash of the pact. */
  readonly pact: string
  /** What is not as the consumer reads it, each in a sentence; empty when the pact is kept. */
  readonly broken: readonly string[]
}

/** Reads what is known of a provider; nothing where it was never held to anything. Throws `RefusedError` for a file that is not JSON, as after a merge. */
export async function readResults(root: string, provider: string): Promise<readonly Result[]> {
  const noted = (await jsonIn(fileOf(root, provider))) as { results: Result[] } | undefined
  return noted?.results ?? []
}

/** Notes new results of a provider beside the earlier ones that still say something: `keep` tells which. */
export async function noteResults(
  root: string,
  provider: string,
  { results, keep }: { results: readonly Result[]; keep: (earlier: Result) => boolean },
): Promise<void> {
  const isNew = (one: Result) => results.some(({ version, consumer, pact }) => nameOf({ version, consumer, pact }) === nameOf(one))
  const earlier = (await readResults(root, provider)).filter((one) => !isNew(one) && keep(one))
  const all = [...earlier, ...results].toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  const file = fileOf(root, provider)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ provider, results: all }, undefined, 2)}\n`)
}

function nameOf({ version, consumer, pact }: Pick<Result, 'version' | 'consumer' | 'pact'>): string {
  return `${consumer} ${pact} ${version}`
}

function fileOf(root: string, provider: string): string {
  return join(root, 'contracts', provider, 'pacts', 'verified', 'results.json')
}
