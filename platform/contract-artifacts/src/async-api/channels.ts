import { commandSubject, durableName, eventSubject, kebabCase, streamsOf, type AnyBoundOperation, type BoundEvent } from '@ashlar/contract'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { pascalCase } from '../json-schema/shape-names.ts'
import { attributesOf, envelopeSchema } from './envelope-schema.ts'
import { jetStreamOf } from './jet-stream.ts'

/** What one event or command adds to the document. */
export interface Part {
  readonly channels: Readonly<Record<string, object>>
  readonly operations: Readonly<Record<string, object>>
  readonly messages: Readonly<Record<string, object>>
}

const bindingVersion = '0.1.0'

/** Writes an event: its subject, its one message, and that the service sends it. `data` is the name of its data's shape. */
export function eventPart(event: BoundEvent, data: string): Part {
  const message = pascalCase(event.name)
  const payload = envelopeSchema({ type: only(eventSubject(event)), data: schemaRef(data), attributes: attributesOf.event })
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
    messages: { [message]: messageOf(message, { payload, correlationId: 'requestid' }) },
  }
}

/** Names of the shapes of a command and of its answers. */
export interface CommandShapes {
  readonly input: string
  readonly output: string
  readonly errors: Readonly<Record<string, string | undefined>>
}

/** Writes an operation that can be sent: its subject, the command and its reply, and that the service takes it. */
export function commandPart(operation: AnyBoundOperation, shapes: CommandShapes): Part {
  const [command, reply] = [`${pascalCase(operation.name)}Command`, `${pascalCase(operation.name)}Reply`]
  const payload = envelopeSchema({ type: only(commandSubject(operation)), data: schemaRef(shapes.input), attributes: attributesOf.command })
  const answer = envelopeSchema({
    type: { type: 'string', pattern: '^replies\\.' },
    data: answerSchema(shapes),
    attributes: attributesOf.reply,
  })
  const [channel, replyChannel] = [`${operation.name}Command`, `${operation.name}Reply`]
  return {
    channels: {
      [channel]: {
        address: commandSubject(operation),
        messages: { [command]: messageRef(command) },
        'x-jetstream': jetStreamOf(streamsOf({ name: operation.contract }).commands),
      },
      [replyChannel]: {
        address: null,
        description: 'On the subject that the command asks for: `replies.` and the name of its sender, whose stream it is.',
        messages: { [reply]: messageRef(reply) },
        'x-jetstream': jetStreamOf(streamsOf({ name: '{sender}' }).replies),
      },
    },
    operations: {
      [`receive${command}`]: {
        ...operationOf('receive', { channel, message: command, deprecated: operation.deprecated }),
        bindings: { nats: { queue: durableName(operation.contract, kebabCase(operation.name)), bindingVersion } },
        reply: {
          address: { location: '$message.payload#/replyto' },
          channel: { $ref: `#/channels/${replyChannel}` },
          messages: [{ $ref: `#/channels/${replyChannel}/messages/${reply}` }],
        },
      },
    },
    messages: {
      [command]: messageOf(command, { payload, correlationId: 'id' }),
      [reply]: messageOf(reply, { payload: answer, correlationId: 'causationid' }),
    },
  }
}

function answerSchema({ output, errors }: CommandShapes): JsonSchema {
  const failures = Object.entries(errors).map(([code, data]) => ({
    type: 'object',
    required: ['ok', 'code', ...(data === undefined ? [] : ['data'])],
    properties: { ok: { type: 'boolean', const: false }, code: only(code), ...(data === undefined ? {} : { data: schemaRef(data) }) },
  }))
  const success = {
    type: 'object',
    required: ['ok', 'value'],
    properties: { ok: { type: 'boolean', const: true }, value: schemaRef(output) },
  }
  return { oneOf: [success, ...failures] }
}

function operationOf(
  action: 'send' | 'receive',
  { channel, message, deprecated }: { channel: string; message: string; deprecated: unknown },
): object {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    messages: [{ $ref: `#/channels/${channel}/messages/${message}` }],
    ...(deprecated === undefined ? {} : { 'x-deprecation': deprecated }),
  }
}

function messageOf(name: string, { payload, correlationId }: { payload: JsonSchema; correlationId: string }): object {
  return {
    name,
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    correlationId: { location: `$message.payload#/${correlationId}` },
    payload,
  }
}

function only(word: string): JsonSchema {
  return { type: 'string', const: word }
}

function schemaRef(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

function messageRef(name: string): object {
  return { $ref: `#/components/messages/${name}` }
}
