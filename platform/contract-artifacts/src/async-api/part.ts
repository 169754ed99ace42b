import type { JsonSchema } from '../json-schema/json-schema.ts'

/** What one event or command adds to the document, each by its name. */
export interface Part {
  readonly channels: Readonly<Record<string, object>>
  readonly operations: Readonly<Record<string, object>>
  readonly messages: Readonly<Record<string, object>>
  readonly schemas: Readonly<Record<string, JsonSchema>>
}

/** Version of AsyncAPI's rules for what is particular to NATS. */
export const bindingVersion = '0.1.0'

/** Writes that the service sends or takes the one message of a channel. */
export function operationOf(
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

/** Writes a message whose payload is the schema `<name>Envelope`, told apart from others by one attribute of it. */
export function messageOf(name: string, correlatedBy: string): object {
  return {
    name,
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    correlationId: { location: `$message.payload#/${correlatedBy}` },
    payload: schemaRef(`${name}Envelope`),
  }
}

/** The schema of one word and no other. */
export function only(word: string): JsonSchema {
  return { type: 'string', const: word }
}

/** Refers to a schema of the document. */
export function schemaRef(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

/** Refers to a message of the document. */
export function messageRef(name: string): object {
  return { $ref: `#/components/messages/${name}` }
}
