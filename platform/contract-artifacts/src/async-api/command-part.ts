import { commandConsumer, commandSubject, durableName, streamsOf, type AnyBoundOperation } from '@ashlar/contract'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { pascalCase } from '../json-schema/shape-names.ts'
import { attributesOf, envelopeSchema } from './envelope-schema.ts'
import { jetStreamOf } from './jet-stream.ts'
import { bindingVersion, messageOf, messageRef, only, operationOf, schemaRef, type Part } from './part.ts'

/** Names of the shapes of a command and of its answers. */
export interface CommandShapes {
  readonly input: string
  readonly output: string
  readonly errors: Readonly<Record<string, string | undefined>>
}

/** Writes an operation that can be sent: its subject, the command and its reply, and that the service takes it. */
export function commandPart(operation: AnyBoundOperation, shapes: CommandShapes): Part {
  const name = pascalCase(operation.name)
  const [command, reply, answer] = [`${name}Command`, `${name}Reply`, `${name}Answer`]
  const [channel, replyChannel] = [`${operation.name}Command`, `${operation.name}Reply`]
  const streams = streamsOf({ name: operation.contract })
  return {
    channels: {
      [channel]: {
        address: commandSubject(operation),
        messages: { [command]: messageRef(command) },
        'x-jetstream': jetStreamOf(streams.commands),
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
        // the durable consumer that all instances of the service share
        bindings: { nats: { queue: durableName(operation.contract, commandConsumer(operation)), bindingVersion } },
        reply: {
          address: { location: '$message.payload#/replyto' },
          channel: { $ref: `#/channels/${replyChannel}` },
          messages: [{ $ref: `#/channels/${replyChannel}/messages/${reply}` }],
        },
      },
    },
    messages: { [command]: messageOf(command, 'id'), [reply]: messageOf(reply, 'causationid') },
    schemas: {
      [`${command}Envelope`]: envelopeSchema({
        type: only(commandSubject(operation)),
        data: schemaRef(shapes.input),
        attributes: attributesOf.command,
      }),
      [`${reply}Envelope`]: envelopeSchema({
        type: { type: 'string', pattern: '^replies\\.' },
        data: schemaRef(answer),
        attributes: attributesOf.reply,
      }),
      ...answerSchemas(answer, shapes),
    },
  }
}

/** What a reply may say: the output, or one of the declared errors, each under a name of its own. */
function answerSchemas(answer: string, { output, errors }: CommandShapes): Record<string, JsonSchema> {
  const success = { ok: { type: 'boolean', const: true }, value: schemaRef(output) }
  const failures = Object.entries(errors).map(([code, data]) => {
    const said = { ok: { type: 'boolean', const: false }, code: only(code), ...(data === undefined ? {} : { data: schemaRef(data) }) }
    return [`${answer}${pascalCase(code)}`, fullObject(said)] as const
  })
  const options = { [`${answer}Ok`]: fullObject(success), ...Object.fromEntries(failures) }
  return { [answer]: { oneOf: Object.keys(options).map(schemaRef) }, ...options }
}

function fullObject(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties }
}
