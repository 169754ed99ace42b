import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { jsonIn } from '../files/json-in.ts'
import type { Content, Parts } from './content-of.ts'

/** One version of a provider, held to one pact of a consumer. */
export interface Result {
  readonly version: string
  readonly consumer: string
  /** The version of the consumer whose tests told the pact. */
  readonly toldBy: string
  /** Hash of the pact. */
  readonly pact: string
  /** What is not as the consumer reads it, each in a sentence; empty when the pact is kept. */
  readonly broken: readonly string[]
}

/** All that is known of a provider. */
export interface Known {
  readonly results: readonly Result[]
  /** What each version that is named was made of, as far as it was seen. */
  readonly contents: Readonly<Record<string, Parts>>
}

/** Reads what is known of a provider; nothing where it was never held to anything. Throws `RefusedError` for a file that is not JSON, as after a merge. */
export async function readResults(root: string, provider: string): Promise<Known> {
  const noted = (await jsonIn(fileOf(root, provider))) as Partial<Known> | undefined
  return { results: noted?.results ?? [], contents: noted?.contents ?? {} }
}

/** Notes new results of a provider, and what was seen while they were made, beside the earlier ones that still say something: `keep` tells which. */
export async function noteResults(
  root: string,
  provider: string,
  { results, seen, keep }: { results: readonly Result[]; seen: readonly Content[]; keep: (earlier: Result) => boolean },
): Promise<void> {
  const known = await readResults(root, provider)
  const earlier = known.results.filter((one) => !results.some((result) => nameOf(result) === nameOf(one)) && keep(one))
  const all = [...earlier, ...results].toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  const parts = { ...known.contents, ...Object.fromEntries(seen.map((content) => [content.version, content.parts])) }
  const named = [...new Set(all.flatMap(({ version, toldBy }) => [version, toldBy]))].toSorted()
  const contents = Object.fromEntries(named.flatMap((version) => (parts[version] === undefined ? [] : [[version, parts[version]]])))
  const file = fileOf(root, provider)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ provider, results: all, contents }, undefined, 2)}\n`)
}

function nameOf({ version, consumer, pact }: Result): string {
  return `${consumer} ${pact} ${version}`
}

function fileOf(root: string, provider: string): string {
  return join(root, 'contracts', provider, 'pacts', 'verified', 'results.json')
}
