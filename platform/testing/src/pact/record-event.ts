import type { AnyContract, BoundEvent, EventData } from '@ashlar/contract'
import { eventEnvelope, readEnvelope, type Envelope } from '@ashlar/messaging'
import { MatchersV3, type PactV4 } from '@pact-foundation/pact'
import { envelopeTemplate, exampleOf } from './example-envelope.ts'
import { givenStates } from './given-states.ts'
import { matchersOf, unread } from './matchers-of.ts'
import { readingOf } from './reading.ts'
import { shapeOf } from './schema-at.ts'
import type { EventStory } from './story.ts'

interface Told<Ev extends BoundEvent> {
  readonly provider: AnyContract
  readonly event: Ev
  readonly title: string
  readonly story: EventStory<Ev>
}

/** Tells a story of an event twice: with the whole message, to learn what is read of its data; then with no more than that. */
export async function recordEvent<Ev extends BoundEvent>(pact: PactV4, { provider, event, title, story }: Told<Ev>): Promise<void> {
  const data = event.data.parse(story.data) as EventData<Ev>
  const whole = exampleOf(eventEnvelope({ service: provider.name, event, data, aggregateVersion: 1 }))
  const reading = readingOf(data)
  await story.tell({ ...whole, data: reading.value as EventData<Ev> })

  const template = matchersOf({ value: data, read: reading.read, at: shapeOf(event.data), lists: 'of-any-length' })
  const content = envelopeTemplate(whole, template === unread ? MatchersV3.like({}) : template)
  await givenStates(pact.addAsynchronousInteraction(), story.given)
    .expectsToReceive(`${event.name}: ${title}`, (message) => {
      message.withMetadata({ 'ce-type': event.type }).withJSONContent(content)
    })
    .executeTest(({ contents }) => story.tell(readEnvelope(JSON.stringify(contents.content)) as Envelope<EventData<Ev>>))
}
