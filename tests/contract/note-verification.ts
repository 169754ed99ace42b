import type { Verification } from '@ashlar/testing/pact'
import { currentPacts, noteResults, readEnvironments, versionOf, type Result } from '@tools/ashlar/pacts'
import { repository } from '../harness/shop.ts'

/** Notes in the repository which pacts a provider, as it is, was found to keep: what `ashlar pact can-i-deploy` answers from. */
export async function noteVerification({ provider, replayed }: Verification): Promise<void> {
  const [pacts, environments, version] = await Promise.all([
    currentPacts(repository),
    readEnvironments(repository),
    versionOf(repository, provider),
  ])
  const results = pacts
    .filter((pact) => pact.provider === provider)
    .map(({ consumer, hash }): Result => {
      const broken = replayed.filter((one) => one.consumer === consumer).flatMap((one) => one.broken)
      return { version, consumer, pact: hash, broken }
    })
  const deployed = new Set(environments.flatMap(({ services, pacts: there }) => [services[provider], ...there.map(({ hash }) => hash)]))
  await noteResults(repository, provider, { results, keep: (earlier) => deployed.has(earlier.version) || deployed.has(earlier.pact) })
}
