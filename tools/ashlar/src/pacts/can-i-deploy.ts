import { contentOf, type Content } from './content-of.ts'
import { readEnvironment, type Environment } from './environments.ts'
import { currentPacts, type PactFile } from './pact-files.ts'
import { readResults } from './results.ts'
import { notTold, notVerified } from './staleness.ts'

/** One pact that must be kept for a deployment. */
interface Question {
  readonly pact: PactFile
  /** The provider that must keep it: as it is here, or the version that runs elsewhere. */
  readonly provider: Pick<Content, 'version'> & Partial<Content>
  /** The consumer that told it, where that must be as it is here. */
  readonly consumer?: Content
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
 * as a consumer to what its providers are known to keep: those of an environment, or without one those of this repository. What was
 * found out before either of them changed, or any package they are made of, counts no more. Throws `EnvironmentUnknownError`.
 */
export async function reasonsNotToDeploy(root: string, service: string, to?: string): Promise<string[]> {
  const environment = to === undefined ? undefined : await readEnvironment(root, to)
  if (to !== undefined && environment === undefined) throw new EnvironmentUnknownError(to)
  const pacts = await currentPacts(root)
  const consumers = (environment?.pacts ?? pacts).filter(({ provider }) => provider === service)
  const itself = await contentOf(root, service)
  const asProvider = consumers.map(async (pact) => {
    const consumer = environment === undefined ? { consumer: await contentOf(root, pact.consumer) } : {}
    return reasonsOf(root, { pact, provider: itself, ...consumer })
  })
  const providers = pacts.filter(({ consumer }) => consumer === service)
  const asConsumer = providers.map((pact) => asConsumerOf(root, { pact, itself, environment }))
  return (await Promise.all([...asProvider, ...asConsumer])).flat()
}

async function asConsumerOf(
  root: string,
  { pact, itself, environment }: { pact: PactFile; itself: Content; environment: Environment | undefined },
): Promise<readonly string[]> {
  if (environment === undefined) return reasonsOf(root, { pact, provider: await contentOf(root, pact.provider), consumer: itself })
  const version = environment.services[pact.provider]
  if (version === undefined) return [`${pact.consumer} needs ${pact.provider}, which does not run in ${environment.name}`]
  return reasonsOf(root, { pact, provider: { version }, consumer: itself })
}

async function reasonsOf(root: string, { pact, provider, consumer }: Question): Promise<readonly string[]> {
  const known = await readResults(root, pact.provider)
  const untold = consumer && notTold(known, pact, consumer)
  const result = known.results.find((one) => one.version === provider.version && one.consumer === pact.consumer && one.pact === pact.hash)
  return [...(result?.broken ?? [notVerified(known, pact, provider)]), ...(untold === undefined ? [] : [untold])]
}
