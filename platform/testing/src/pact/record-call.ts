import type { AnyBoundOperation, AnyContract } from '@ashlar/contract'
import { createClient, createTransport } from '@ashlar/rpc'
import type { PactV4 } from '@pact-foundation/pact'
import { silentLogger } from '../silent-logger.ts'
import { wireAnswer } from './call-on-the-wire.ts'
import { givenStates } from './given-states.ts'
import { oneInstance } from './one-instance.ts'
import { readingClient } from './reading-client.ts'
import { allRead, type Read } from './reading.ts'
import { requestTemplate } from './request-template.ts'
import { openStandIn, type Seen } from './stand-in.ts'
import { StoryUnfitError } from './story-unfit.ts'
import { caller, type CallStory } from './story.ts'

interface Told<C extends AnyContract, Op extends AnyBoundOperation> {
  readonly consumer: string
  readonly provider: C
  readonly operation: Op
  readonly title: string
  readonly story: CallStory<C, Op>
}

/**
 * Tells a story twice: to a stand-in that gives the whole answer, to learn what is asked and what is read of it; then to
 * Pact's mock server, which gives no more than was read. What passes both is written down. Throws `StoryUnfitError` when
 * the operation is not called exactly once.
 */
export async function recordCall<C extends AnyContract, Op extends AnyBoundOperation>(pact: PactV4, told: Told<C, Op>): Promise<void> {
  const { consumer, operation, title, story } = told
  const answer = wireAnswer(operation, story.answer)
  const { sent, read } = await learn(answer, told)
  const given = story.given ?? []
  const states = given.some(({ name }) => name.startsWith('the caller is ')) ? given : [caller.service(consumer), ...given]
  await givenStates(pact.addInteraction(), states)
    .uponReceiving(`${operation.name}: ${title}`)
    .withRequest('POST', `/rpc/${operation.address}`, (request) => {
      if (sent.idempotencyKey !== undefined) request.headers({ 'idempotency-key': sent.idempotencyKey })
      if (sent.body !== undefined) request.jsonBody(requestTemplate(operation, sent.body, given))
    })
    .willRespondWith(answer.status, (response) => response.jsonBody(answer.template(read)))
    .executeTest(({ port }) => tellAt({ host: '127.0.0.1', port }, told))
}

async function learn<C extends AnyContract, Op extends AnyBoundOperation>(
  answer: { status: number; body: unknown; read: unknown },
  told: Told<C, Op>,
): Promise<{ sent: Seen; read: Read }> {
  await using standIn = await openStandIn(answer)
  const reads = await tellAt(standIn, told)
  const [sent, another] = standIn.seen
  const { address } = told.operation
  if (sent === undefined || another !== undefined || sent.path !== `/rpc/${address}`) {
    const asked = standIn.seen.map(({ path }) => path).join(', ')
    throw new StoryUnfitError(`a story of ${address} asks for it once; this one asked for: ${asked || 'nothing'}`)
  }
  // who takes the bytes without our client hands all of them on
  return { sent, read: reads[0] ?? allRead(answer.read) }
}

async function tellAt<C extends AnyContract, Op extends AnyBoundOperation>(
  at: { host: string; port: number },
  { provider, story }: Told<C, Op>,
): Promise<readonly Read[]> {
  await using transport = createTransport({ registry: oneInstance(provider, at), logger: silentLogger() })
  const { client, reads } = readingClient(createClient(provider, { transport }))
  await story.tell({ client, transport })
  return reads
}
