import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { absentAs } from '../files/absent-as.ts'

/** A consumer's pact with a provider, as it lies in the repository. */
export interface PactFile {
  readonly provider: string
  readonly consumer: string
  readonly file: string
  /** What it says, in short: the same text gives the same hash. */
  readonly hash: string
}

/** Finds every pact that is current: `contracts/<provider>/pacts/<consumer>.json`. */
export async function currentPacts(root: string): Promise<PactFile[]> {
  const contracts = join(root, 'contracts')
  const providers = await namesIn(contracts)
  return (await Promise.all(providers.map((provider) => pactsIn(join(contracts, provider, 'pacts'), provider)))).flat()
}

/** Reads the pacts of one provider in a folder, sorted by consumer. */
export async function pactsIn(folder: string, provider: string): Promise<PactFile[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json'))
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      return { provider, consumer: name.slice(0, -'.json'.length), file, hash: hashOf(await readFile(file, 'utf8')) }
    }),
  )
}

/** Gives a short hash of a text. */
export function hashOf(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Lists what is in a folder, sorted; nothing when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await absentAs<string[], string[]>([], readdir(folder))).toSorted()
}
