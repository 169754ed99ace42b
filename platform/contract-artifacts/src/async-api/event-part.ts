import { eventSubject, streamsOf, type BoundEvent } from '@ashlar/contract'
import { attributesOf, envelopeSchema } from './envelope-schema.ts'
import { jetStreamOf } from './jet-stream.ts'
import { bindingVersion, messageOf, messageRef, only, operationOf, schemaRef, type Part } from './part.ts'

/** How one version of an event is written: names of its message and of the shape of its data. */
interface WrittenAs {
  readonly message: string
  readonly data: string
  /** It is told for readers of an earlier version. */
  readonly isEarlier: boolean
}

/** Writes an event in one version: its subject, its one message, and that the service sends it. */
export function eventPart(event: BoundEvent, { message, data, isEarlier }: WrittenAs): Part {
  const channel = message.slice(0, 1).toLowerCase() + message.slice(1)
  const type = only(eventSubject(event))
  const operation = operationOf('send', { channel, message, deprecated: event.deprecated })
  return {
    channels: {
      [channel]: {
        address: eventSubject(event),
        messages: { [message]: messageRef(message) },
        'x-jetstream': jetStreamOf(streamsOf({ name: event.contract }).events),
      },
    },
    operations: { [`send${message}`]: { ...operation, bindings: { nats: { bindingVersion } } } },
    messages: { [message]: messageOf(message, 'requestid') },
    schemas: {
      [`${message}Envelope`]: envelopeSchema({
        type,
        data: schemaRef(data),
        attributes: isEarlier ? attributesOf.earlierEvent : attributesOf.event,
      }),
    },
  }
}
