import { readEnvironment, type Environment } from './environments.ts'
import { currentPacts, type PactFile } from './pact-files.ts'
import { readResults } from './results.ts'
import { versionOf } from './version-of.ts'

/** One pact that must be kept for a deployment, by one version of its provider. */
export interface Question {
  readonly pact: PactFile
  readonly version: string
}

/** Nothing was ever deployed to an environment. */
export class EnvironmentUnknownError extends Error {
  override readonly name = 'EnvironmentUnknownError'
  constructor(name: string) {
    super(`nothing is known to run in ${name}: npm run ashlar -- pact deployed <service> --to ${name}`)
  }
}

/**
 * Tells why a service, as it is now, cannot be deployed; nothing when it can. As a provider it is held to what its consumers read,
 * as a consumer to what its providers are known to keep: those of an environment, or without one those of this repository.
 * Throws `EnvironmentUnknownError`.
 */
export async function reasonsNotToDeploy(root: string, service: string, to?: string): Promise<string[]> {
  const environment = to === undefined ? undefined : await readEnvironment(root, to)
  if (to !== undefined && environment === undefined) throw new EnvironmentUnknownError(to)
  const pacts = await currentPacts(root)
  const consumers = (environment?.pacts ?? pacts).filter(({ provider }) => provider === service)
  const version = await versionOf(root, service)
  const asProvider = await Promise.all(consumers.map((pact) => reasonsOf(root, { pact, version })))

  const providers = pacts.filter(({ consumer }) => consumer === service)
  const asConsumer = await Promise.all(providers.map((pact) => asConsumerOf(root, pact, environment)))
  return [...asProvider, ...asConsumer].flat()
}

async function asConsumerOf(root: string, pact: PactFile, environment: Environment | undefined): Promise<readonly string[]> {
  const version = environment === undefined ? await versionOf(root, pact.provider) : environment.services[pact.provider]
  if (version === undefined) return [`${pact.consumer} needs ${pact.provider}, which does not run in ${environment?.name}`]
  return reasonsOf(root, { pact, version })
}

async function reasonsOf(root: string, { pact: { provider, consumer, hash }, version }: Question): Promise<readonly string[]> {
  const known = await readResults(root, provider)
  const result = known.find((one) => one.version === version && one.consumer === consumer && one.pact === hash)
  if (result !== undefined) return result.broken
  return [`${provider} ${version} was never held to what ${consumer} reads (pact ${hash}): npm run test:contract`]
}
