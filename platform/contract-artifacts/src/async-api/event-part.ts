import { eventSubject, streamsOf, type BoundEvent } from '@ashlar/contract'
import { pascalCase } from '../json-schema/shape-names.ts'
import { attributesOf, envelopeSchema } from './envelope-schema.ts'
import { jetStreamOf } from './jet-stream.ts'
import { bindingVersion, messageOf, messageRef, only, operationOf, schemaRef, type Part } from './part.ts'

/** Writes an event: its subject, its one message, and that the service sends it. `data` is the name of its data's shape. */
export function eventPart(event: BoundEvent, data: string): Part {
  const message = pascalCase(event.name)
  const type = only(eventSubject(event))
  const operation = operationOf('send', { channel: event.name, message, deprecated: event.deprecated })
  return {
    channels: {
      [event.name]: {
        address: eventSubject(event),
        messages: { [message]: messageRef(message) },
        'x-jetstream': jetStreamOf(streamsOf({ name: event.contract }).events),
      },
    },
    operations: { [`send${message}`]: { ...operation, bindings: { nats: { bindingVersion } } } },
    messages: { [message]: messageOf(message, 'requestid') },
    schemas: { [`${message}Envelope`]: envelopeSchema({ type, data: schemaRef(data), attributes: attributesOf.event }) },
  }
}
