import { readFile } from 'node:fs/promises'
import type { Envelope } from '@ashlar/messaging'
import { Verifier } from '@pact-foundation/pact'
import { readVerification, type Verification } from './read-verification.ts'

type Values = Record<string, string | number | boolean>

/** Makes a state of the provider true, and gives the values the provider chose. */
export type MakeState = (parameters: Readonly<Record<string, unknown>>) => Promise<Values | void>

/** A provider at work, and how it is brought into the states that its consumers speak of. */
export interface ProviderUnderTest {
  readonly name: string
  /** Where it listens. */
  readonly url: string
  readonly pactFiles: readonly string[]
  readonly states: Readonly<Record<string, MakeState>>
  /** Gives the token of whoever the states said is calling. */
  readonly token: () => Promise<string>
  /** Gives the event of this type that the last states have brought about, as it was published. */
  readonly published: (type: string) => Promise<Envelope>
  /** Has a command carried out, and gives the reply. */
  readonly obeyed: (command: Envelope) => Promise<Envelope>
}

/** Nothing listens where the provider is said to be. */
export class ProviderAwayError extends Error {
  override readonly name = 'ProviderAwayError'
}

/**
 * Holds a provider to the pacts of all its consumers in one run of Pact's verifier, and tells for each interaction whether it is
 * kept. A state that nobody can make, or whose making fails, and an interaction that was passed over are told among the problems.
 * Throws `ProviderAwayError`.
 */
export async function verifyProvider(provider: ProviderUnderTest): Promise<Verification> {
  const failedStates: string[] = []
  const asked = await interactionsOf(provider)
  // Pact's proxy throws where nobody can catch it
  await fetch(provider.url).catch((cause: unknown) => {
    throw new ProviderAwayError(`${provider.name} does not answer at ${provider.url}`, { cause })
  })
  const verifier = new Verifier({
    provider: provider.name,
    providerBaseUrl: provider.url,
    pactUrls: [...provider.pactFiles],
    logLevel: 'error',
    // for making a state too, which may mean waiting for an order to end
    timeout: 60_000,
    stateHandlers: stateHandlers(provider, { asked, failed: failedStates }),
    messageProviders: messageProviders(provider, asked),
    requestFilter: authorizing(provider),
  })
  const said = await verifier.verifyProvider().catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  return readVerification(said, { provider: provider.name, asked, failedStates })
}

interface Interaction {
  readonly consumer: string
  readonly type: string
  readonly description: string
  readonly providerStates?: readonly { readonly name: string }[]
  readonly contents?: { readonly content: { readonly type: string } }
}

interface Pact {
  readonly consumer: { readonly name: string }
  readonly interactions: readonly Omit<Interaction, 'consumer'>[]
}

async function interactionsOf({ pactFiles }: ProviderUnderTest): Promise<Interaction[]> {
  const pacts = await Promise.all(pactFiles.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Pact))
  return pacts.flatMap(({ consumer, interactions }) => interactions.map((one) => ({ ...one, consumer: consumer.name })))
}

// Pact goes on when a state fails, and only warns when there is none: neither may pass.
function stateHandlers(
  provider: ProviderUnderTest,
  { asked, failed }: { asked: readonly Interaction[]; failed: string[] },
): Record<string, { setup: (given?: unknown) => Promise<Values> }> {
  const names = asked.flatMap(({ providerStates = [] }) => providerStates.map(({ name }) => name))
  const setup = (name: string) => async (given?: unknown) => {
    try {
      const make = provider.states[name]
      if (make === undefined) throw new Error(`${provider.name} does not know this state`)
      return (await make((given ?? {}) as Record<string, unknown>)) ?? {}
    } catch (error) {
      failed.push(`"${name}": ${error instanceof Error ? error.message : String(error)}`)
      return {}
    }
  }
  return Object.fromEntries(names.map((name) => [name, { setup: setup(name) }]))
}

type MessageProvider = (asked: { readonly content?: unknown }) => Promise<unknown>

function messageProviders(provider: ProviderUnderTest, asked: readonly Interaction[]): Record<string, MessageProvider> {
  return Object.fromEntries(
    asked.flatMap(({ type, description, contents }): [string, MessageProvider][] => {
      if (type === 'Synchronous/Messages') return [[description, ({ content }) => provider.obeyed(content as Envelope)]]
      if (type !== 'Asynchronous/Messages' || contents === undefined) return []
      const eventType = contents.content.type
      return [[description, async () => withMetadata(await provider.published(eventType))]]
    }),
  )
}

function withMetadata(message: Envelope): unknown {
  return { __pactMessageMetadata: { contentType: 'application/json', 'ce-type': message.type }, message }
}

interface Filtered {
  readonly path: string
  readonly headers: Record<string, string | string[] | undefined>
}

function authorizing({ token }: ProviderUnderTest) {
  return async (request: Filtered, _response: unknown, next: (error?: unknown) => void): Promise<void> => {
    if (request.path.startsWith('/rpc/')) request.headers['authorization'] = `Bearer ${await token()}`
    next()
  }
}
