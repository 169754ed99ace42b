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
  const older = environments.flatMap(({ pacts }) => pacts.filter((pact) => isOurs(pact) && !known.has(pact.hash)))

  const now = await held.hold(provider)
  const before = await heldTo(held, older)
  const itself = await contentOf(repository, provider)
  const results = [...current.map((pact) => ({ pact, verification: now })), ...before].map(({ pact, verification }) => ({
    version: itself.version,
    consumer: pact.consumer,
    pact: pact.hash,
    broken: whatIsWrong(verification, pact.consumer),
  }))
  const deployed = new Set(environments.flatMap(({ services, pacts }) => [services[provider], ...pacts.map(({ hash }) => hash)]))
  await noteResults(repository, provider, {
    results,
    seen: itself,
    keep: (earlier) => deployed.has(earlier.version) || deployed.has(earlier.pact),
  })

  return now
}

/** What was not found out is not known to be kept. */
function whatIsWrong({ replayed, problems }: Verification, consumer: string): string[] {
  const broken = replayed.flatMap((one) => (one.consumer === consumer ? one.broken : []))
  return [...broken, ...problems.map((problem) => `it was not found out whether all is kept: ${problem}`)]
}

async function heldTo(held: HeldShop, pacts: readonly PactFile[]): Promise<{ pact: PactFile; verification: Verification }[]> {
  const verified: { pact: PactFile; verification: Verification }[] = []
  // one after the other: they share the shop's states
  for (const pact of pacts) verified.push({ pact, verification: await held.hold(pact.provider, { pactFiles: [pact.file] }) })
  return verified
}
