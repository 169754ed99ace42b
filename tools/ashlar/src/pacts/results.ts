import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { jsonIn } from '../files/json-in.ts'
import type { Content, Parts } from './content-of.ts'
import type { PactFile } from './pact-files.ts'

/** One version of a provider, held to one pact of a consumer. */
export interface Result {
  readonly version: string
  readonly consumer: string
  /** The latest version of the consumer whose tests told this pact, where it is known. */
  readonly toldBy?: string
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

/** Notes new results of a provider, and what it was made of, beside the earlier ones that still say something: `keep` tells which. */
export async function noteResults(
  root: string,
  provider: string,
  { results, seen, keep }: { results: readonly Omit<Result, 'toldBy'>[]; seen: Content; keep: (earlier: Result) => boolean },
): Promise<void> {
  const known = await readResults(root, provider)
  const isNew = (one: Result): boolean => results.some((result) => nameOf(result) === nameOf(one))
  const earlier = known.results.filter((one) => !isNew(one) && keep(one))
  const told = results.map((one): Result => {
    const before = known.results.find(({ consumer, pact }) => consumer === one.consumer && pact === one.pact)?.toldBy
    return before === undefined ? one : { ...one, toldBy: before }
  })
  await write(root, provider, { results: [...earlier, ...told], contents: { ...known.contents, [seen.version]: seen.parts } })
}

/** Notes that a consumer, as it is, has told the pact that is current. Does nothing where the provider was not held to that pact. */
export async function noteTold(root: string, { provider, consumer, hash }: PactFile, told: Content): Promise<void> {
  const known = await readResults(root, provider)
  const results = known.results.map((one) => (one.consumer === consumer && one.pact === hash ? { ...one, toldBy: told.version } : one))
  await write(root, provider, { results, contents: { ...known.contents, [told.version]: told.parts } })
}

async function write(root: string, provider: string, { results, contents }: Known): Promise<void> {
  const sorted = results.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  const named = [...new Set(sorted.flatMap(({ version, toldBy = version }) => [version, toldBy]))].toSorted()
  const kept = Object.fromEntries(named.flatMap((version) => (contents[version] === undefined ? [] : [[version, contents[version]]])))
  const file = fileOf(root, provider)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ provider, results: sorted, contents: kept }, undefined, 2)}\n`)
}

function nameOf({ version, consumer, pact }: Result): string {
  return `${consumer} ${pact} ${version}`
}

function fileOf(root: string, provider: string): string {
  return join(root, 'contracts', provider, 'pacts', 'verified', 'results.json')
}
