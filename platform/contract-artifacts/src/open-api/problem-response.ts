import { platformReasons } from '@ashlar/contract'
import type { JsonSchema } from '../json-schema/json-schema.ts'

/** Shape of every problem document (RFC 9457) the gateway sends. */
export const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'traceId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'array', items: { type: ['string', 'integer'] } }, message: { type: 'string' } },
      },
    },
    data: {},
  },
}

/** The closed list of codes the platform itself uses; every other code is declared by the operation that answers it. */
export const platformReasonSchema: JsonSchema = { type: 'string', enum: platformReasons }

/** What an operation may answer besides what it lists: a problem document with a code of the platform's. */
export const anyOtherProblem = {
  description: 'Any other problem, under one of the platform’s own codes.',
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { $ref: '#/components/schemas/PlatformReason' } } }],
      },
    },
  },
}

/** Writes the answer for one status: a problem document whose `code` is one of those that travel with it, each with its own data. */
export function problemResponse(status: number, codes: ReadonlyMap<string, JsonSchema | undefined>): object {
  const withData = [...codes].flatMap(([code, data]) => (data === undefined ? [] : [{ properties: { code: { const: code }, data } }]))
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: [...codes.keys()] } } }],
    ...(withData.length > 0
      ? { anyOf: [...withData, { properties: { code: { not: { enum: withData.map(({ properties }) => properties.code.const) } } } }] }
      : {}),
  }
  const retry =
    status === 429 || status === 503 || codes.has('request_in_flight')
      ? { headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } } }
      : {}
  return { description: [...codes.keys()].join(', '), ...retry, content: { 'application/problem+json': { schema } } }
}
