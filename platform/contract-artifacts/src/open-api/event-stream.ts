import type { JsonSchema } from '../json-schema/json-schema.ts'

/** The header by which a caller says which item it has seen last; every wire of a subscription reads it. */
export const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The id of the last item that was seen: what came after it follows. Browsers send it by themselves.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const words = `Server-sent events (WHATWG HTML). Each item is a message: its id, and as data its JSON, of the shape that contentSchema
names.`.replaceAll('\n', ' ')
const atGateway = 'The event `end` says that nothing will follow; a stream that ends without it is to be asked for again, from the last id.'
const ofService = `The events of tRPC 11: \`connected\` first, \`ping\` every ten seconds, \`return\` when nothing will follow,
\`serialized-error\` with an error as in any other answer.`.replaceAll('\n', ' ')

/**
 * Says what answers a subscription at the gateway. OpenAPI 3.1 has no word for the items of a stream, as 3.2 has
 * `itemSchema`; JSON Schema's `contentSchema` comes nearest, and to readers who do not look at it the answer is text.
 */
export function streamAtGateway(item: JsonSchema, headers: object): Record<string, object> {
  return stream(atGateway, { item, headers })
}

/** Says what answers a subscription between services. */
export function streamOfService(item: JsonSchema, headers: object): Record<string, object> {
  return stream(ofService, { item, headers })
}

function stream(end: string, { item, headers }: { item: JsonSchema; headers: object }): Record<string, object> {
  const content = { 'text/event-stream': { schema: { type: 'string', contentMediaType: 'text/event-stream', contentSchema: item } } }
  return {
    200: { description: `${words} ${end}`, ...headers, content },
    204: { description: 'Whoever asks has seen everything, and nothing will follow: do not come back.' },
  }
}
