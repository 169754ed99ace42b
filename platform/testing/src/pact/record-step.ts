import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { kebabCase, parseAnswer, replySubject, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import { commandEnvelope, readEnvelope, readAnswer, replyEnvelope, type Envelope } from '@ashlar/messaging'
import type { SagaDefinition } from '@ashlar/saga'
import { MatchersV3, type PactV4 } from '@pact-foundation/pact'
import { envelopeTemplate, exampleOf } from './example-envelope.ts'
import { givenStates } from './given-states.ts'
import { matchersOf, unread } from './matchers-of.ts'
import { readingOf } from './reading.ts'
import { requestTemplate } from './request-template.ts'
import { shapeOf } from './schema-at.ts'
import { StoryUnfitError } from './story-unfit.ts'
import type { StepStory } from './story.ts'

interface Told<State> {
  readonly consumer: string
  readonly provider: AnyContract
  readonly saga: SagaDefinition<State>
  readonly title: string
  readonly story: StepStory<State>
}

const { equal, like, string } = MatchersV3

/**
 * Writes down a command of a saga as its definition sends it, and of the reply what is read: the answer, or by which code it was
 * refused. Throws `StoryUnfitError` for a step the saga does not send to the provider.
 */
export async function recordStep<State>(pact: PactV4, { consumer, provider, saga, title, story }: Told<State>): Promise<void> {
  const { operation, input } = deedOf(saga, story)
  if (operation.contract !== provider.name)
    throw new StoryUnfitError(`"${story.step}" is sent to ${operation.contract}, not to ${provider.name}`)
  const description = `${operation.name}: ${title}`
  const sagaId = uuidOf(`${consumer} ${provider.name} ${description}`)
  const stepKey = `${sagaId}/${kebabCase(story.step.replaceAll(' ', '-'))}/${story.direction}/1`
  const sent = { service: consumer, operation, input, subject: sagaId, stepKey, replyTo: replySubject(consumer) }
  const command = exampleOf(commandEnvelope(sent))
  const answer = parseAnswer(operation, story.answer)
  const reply = exampleOf(replyEnvelope({ service: provider.name, command, answer }))
  const read = answer.ok ? readOf(operation, answer.value) : { ok: equal(false), code: equal(answer.code) }

  await givenStates(pact.addSynchronousInteraction(description), story.given)
    .withRequest((request) => {
      request.withJSONContent({ ...command, data: requestTemplate(operation, input, story.given ?? []) })
    })
    .withResponse((response) => {
      response.withJSONContent({ ...envelopeTemplate(reply, read), stepkey: string(stepKey) })
    })
    .executeTest(async ({ Response: [response] }) => {
      const heard = readAnswer(envelopeIn(response?.content))
      assert.equal(heard.ok ? 'done' : heard.code, answer.ok ? 'done' : answer.code)
    })
}

function deedOf<State>(saga: SagaDefinition<State>, { step: name, direction, state }: StepStory<State>) {
  const step = saga.steps.find((one) => one.name === name)
  const deed = direction === 'do' ? step : step?.undo
  if (deed === undefined) throw new StoryUnfitError(`${saga.name} has no ${direction} of "${name}"`)
  return { operation: deed.operation, input: deed.input(state) }
}

/** A saga takes an answer only when it is all its contract promises, whatever the step keeps of it: so all of that is read. */
function readOf(operation: AnyBoundOperation, value: unknown): Record<string, unknown> {
  const reading = readingOf(value)
  operation.output.parse(reading.value)
  const kept = matchersOf({ value, read: reading.read, at: shapeOf(operation.output), lists: 'of-any-length' })
  return { ok: equal(true), value: kept === unread ? like({}) : kept }
}

function envelopeIn(content: unknown): Envelope {
  return readEnvelope(typeof content === 'string' || Buffer.isBuffer(content) ? content.toString() : JSON.stringify(content))
}

/** Makes an id out of words, the same each time. */
function uuidOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
