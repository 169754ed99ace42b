import { currentPacts } from '@tools/ashlar/pacts'
import { repository } from '../harness/shop.ts'

/** Lists the pact files of each provider that has consumers. */
export async function pactFiles(): Promise<ReadonlyMap<string, readonly string[]>> {
  const byProvider = Map.groupBy(await currentPacts(repository), ({ provider }) => provider)
  return new Map([...byProvider].map(([provider, pacts]) => [provider, pacts.map(({ file }) => file)]))
}
