import type { JsonSchema } from '../json-schema/json-schema.ts'

/** What a message is about, apart from what every message says of itself. */
export interface Contents {
  /** The `type` attribute: one word, or a pattern where the sender decides. */
  readonly type: JsonSchema
  readonly data: JsonSchema
  /** Attributes that only this kind of message has; a name ending in `?` may be absent. */
  readonly attributes: Readonly<Record<string, JsonSchema>>
}

const filled = { type: 'string', minLength: 1, maxLength: 1024 } as const

const attributes = {
  specversion: { const: '1.0', type: 'string' },
  id: { ...filled, description: 'Unique for its source: a message is known by source and id together.' },
  source: { ...filled, pattern: '^/', description: 'The service that sent it, as /orders.' },
  subject: filled,
  time: { type: 'string', format: 'date-time' },
  datacontenttype: { const: 'application/json', type: 'string' },
  traceparent: { type: 'string', pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}', description: 'W3C trace context.' },
  'tracestate?': { type: 'string' },
  requestid: { ...filled, description: 'The request of a customer, or of a timer, that all this follows from.' },
} as const satisfies Record<string, JsonSchema>

const ofEvent = {
  subject: { ...filled, description: 'Id of the aggregate.' },
  aggregateversion: { type: 'integer', minimum: 1, description: 'Position in the history of the aggregate, from 1, without gaps.' },
  partitionkey: { type: 'string', maxLength: 1024 },
  'causationid?': { ...filled, description: 'Id of the message that caused it.' },
} as const satisfies Record<string, JsonSchema>

/** Attributes by kind of message, as `Contents` takes them. */
export const attributesOf = {
  event: ofEvent,
  earlierEvent: {
    ...ofEvent,
    'copyof?': {
      ...filled,
      description: 'The type of the message this one was made of, which tells the same fact in the next version under the same id.',
    },
  },
  command: {
    subject: { ...filled, description: 'What the command is about: the id of the saga, given back by the reply.' },
    'stepkey?': { ...filled, description: 'Makes a repeat safe: under one key the deed is done once. The id of the message where absent.' },
    'replyto?': { ...filled, description: "Subject the answer is wanted on: the sender's own replies." },
    principal: { type: 'string', minLength: 1, description: 'Compact JWS that names the sender and covers this message.' },
    'causationid?': filled,
  },
  reply: {
    subject: { ...filled, description: 'The subject of the command.' },
    'stepkey?': { ...filled, description: 'The step key of the command.' },
    principal: { type: 'string', minLength: 1, description: 'Compact JWS that names who answers and covers this message.' },
    causationid: { ...filled, description: 'Id of the command.' },
  },
} as const satisfies Record<string, Record<string, JsonSchema>>

/** Writes the schema of a structured CloudEvent as it travels. It is open, as CloudEvents asks: senders may add attributes. */
export function envelopeSchema({ type, data, attributes: own }: Contents): JsonSchema {
  const all: Readonly<Record<string, JsonSchema>> = { ...attributes, ...own }
  const names = Object.keys(all)
  return {
    type: 'object',
    required: ['type', 'data', ...names.filter((name) => !name.endsWith('?'))].toSorted(),
    properties: { type, data, ...Object.fromEntries(names.map((name) => [name.replace('?', ''), all[name] ?? {}])) },
  }
}

/** The headers beside every message, for readers that do not open it. */
export const headersSchema: JsonSchema = {
  type: 'object',
  required: ['Nats-Msg-Id', 'ce-id', 'ce-source', 'ce-type', 'traceparent', 'x-request-id'],
  properties: {
    'Nats-Msg-Id': {
      type: 'string',
      description: 'The broker drops a repeat of it within its window; readers still must know messages by source and id.',
    },
    'ce-id': { type: 'string' },
    'ce-source': { type: 'string' },
    'ce-type': { type: 'string' },
    traceparent: { type: 'string' },
    tracestate: { type: 'string' },
    'x-request-id': { type: 'string' },
  },
}
