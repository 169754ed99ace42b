import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../harness/shop.ts'

const contracts = join(repository, 'contracts')

/** Lists the pact files of each provider that has consumers. */
export function pactFiles(): ReadonlyMap<string, readonly string[]> {
  const providers = readdirSync(contracts).toSorted()
  const found = providers.map((provider) => [provider, filesIn(join(contracts, provider, 'pacts'))] as const)
  return new Map(found.filter(([, files]) => files.length > 0))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}
