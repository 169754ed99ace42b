import { readFile } from 'node:fs/promises'
import { pactFiles } from './pact-files.ts'

interface Interaction {
  readonly type: string
  readonly description: string
  readonly response?: HttpResponse | readonly Reply[]
}
interface HttpResponse {
  readonly body?: { readonly content: { readonly error?: { readonly data: { readonly reason: string } } } }
}
interface Reply {
  readonly contents: { readonly content: { readonly data: { readonly code?: string } } }
}

/** Says who speaks with whom by the pacts that are committed, in the words of `declaredConversations`. */
export async function recordedConversations(): Promise<string[]> {
  const files = [...(await pactFiles()).values()].flat()
  const pacts = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Pact))
  const said = pacts.flatMap(({ consumer, provider, interactions }) =>
    interactions.map((interaction) => sentenceOf(consumer.name, provider.name, interaction)),
  )
  return [...new Set(said)].toSorted()
}

interface Pact {
  readonly consumer: { readonly name: string }
  readonly provider: { readonly name: string }
  readonly interactions: readonly Interaction[]
}

function sentenceOf(consumer: string, provider: string, { type, description, response }: Interaction): string {
  const about = `${provider}.${description.split(':')[0]}`
  if (type === 'Asynchronous/Messages') return `${consumer} hears ${about}`
  const code = codeIn(response)
  return `${consumer} calls ${about}${code === undefined ? '' : ` and is told ${code}`}`
}

function codeIn(response: Interaction['response']): string | undefined {
  if (response === undefined) return undefined
  return isReplies(response) ? response[0]?.contents.content.data.code : response.body?.content.error?.data.reason
}

function isReplies(response: HttpResponse | readonly Reply[]): response is readonly Reply[] {
  return Array.isArray(response)
}
