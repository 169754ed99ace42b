import type { Verification } from '@ashlar/testing/pact'
import { contentOf, currentPacts, noteResults, readEnvironments, type PactFile } from '@tools/ashlar/pacts'
import { repository } from '../harness/shop.ts'
import type { HeldShop } from './held-shop.ts'

/**
 * Holds a service of the shop to what its consumers read now, in one run, and to what those read that are deployed somewhere, where
 * that is something else. Notes in the repository what came of it, from which `ashlar pact can-i-deploy` answers. Gives what came of
 * the first: what is deployed keeps a service from being deployed, not from being changed.
 */
export async function holdAndNote(held: HeldShop, provider: string): Promise<Verification> {
  const isOurs = (pact: PactFile): boolean => pact.provider === provider
  const current = (await currentPacts(repository)).filter(isOurs)
  const environments = await readEnvironments(repository)
  const known = new Set(current.map(({ hash }) => hash))
  const older = environments.flatMap(({ pacts, services }) =>
    pacts.filter((pact) => isOurs(pact) && !known.has(pact.hash)).map((pact) => ({ pact, toldBy: services[pact.consumer] ?? 'unknown' })),
  )

  const now = await held.hold(provider)
  const before = await heldTo(held, older)
  const broken = ({ replayed }: Verification, consumer: string) => replayed.flatMap((one) => (one.consumer === consumer ? one.broken : []))
  const itself = await contentOf(repository, provider)
  const consumers = new Map(
    await Promise.all(current.map(async ({ consumer }) => [consumer, await contentOf(repository, consumer)] as const)),
  )
  const toldNow = current.map((pact) => ({ pact, toldBy: consumers.get(pact.consumer)?.version ?? 'unknown', verification: now }))
  const results = [...toldNow, ...before].map(({ pact, toldBy, verification }) => ({
    version: itself.version,
    consumer: pact.consumer,
    toldBy,
    pact: pact.hash,
    broken: broken(verification, pact.consumer),
  }))
  const deployed = new Set(environments.flatMap(({ services, pacts }) => [services[provider], ...pacts.map(({ hash }) => hash)]))
  await noteResults(repository, provider, {
    results,
    seen: [itself, ...consumers.values()],
    keep: (earlier) => deployed.has(earlier.version) || deployed.has(earlier.pact),
  })

  return now
}

interface Told {
  readonly pact: PactFile
  /** Version of the consumer. */
  readonly toldBy: string
}

async function heldTo(held: HeldShop, pacts: readonly Told[]): Promise<(Told & { verification: Verification })[]> {
  const verified: (Told & { verification: Verification })[] = []
  // one after the other: they share the shop's states
  for (const { pact, toldBy } of pacts)
    verified.push({ pact, toldBy, verification: await held.hold(pact.provider, { pactFiles: [pact.file] }) })
  return verified
}
