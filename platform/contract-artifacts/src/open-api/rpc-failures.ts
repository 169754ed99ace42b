import { jsonRpcCodeOf, platformReasons, statusCodes } from '@ashlar/contract'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import type { DeclaredFailure } from './declared-failures.ts'
import type { FaceComponents } from './face-components.ts'

const text = { type: 'string' }

/** Keeps the shape of any error as the wire carries it, and gives the reference to it. */
export function addRpcFailure(components: FaceComponents): JsonSchema {
  const code = components.add('RpcStatus', { type: 'string', enum: Object.keys(statusCodes).toSorted() })
  const part = components.add('RpcPathPart', {
    oneOf: [text, { type: 'integer', format: 'int32' }],
    description: 'Name of a field, or place in a list.',
  })
  const issue = components.add('RpcIssue', {
    type: 'object',
    properties: { message: text, path: { type: 'array', items: part } },
    required: ['path', 'message'],
  })
  const data = components.add('RpcErrorData', {
    type: 'object',
    properties: {
      code,
      httpStatus: { type: 'integer', format: 'int32' },
      path: { ...text, description: 'Name of the operation.' },
      reason: { ...text, description: `A code that the operation declares, or one of the platform's: ${platformReasons.join(', ')}.` },
      issues: { type: 'array', items: issue, description: 'What is wrong with the input, under `invalid_input`.' },
      retryAfterSeconds: { type: 'integer', format: 'int32', description: 'After how many seconds it is worth trying again.' },
    },
    required: ['code', 'httpStatus', 'reason'],
  })
  const error = components.add('RpcError', {
    type: 'object',
    properties: { code: { type: 'integer', format: 'int32', description: 'Number of JSON-RPC.' }, data, message: text },
    required: ['code', 'data', 'message'],
  })
  return components.add('RpcFailure', { type: 'object', properties: { error }, required: ['error'] })
}

/** Keeps the shapes of an operation's declared errors, and gives its answers by status. Under each the platform may refuse as well. */
export function addRpcFailures(
  failures: ReadonlyMap<number, readonly DeclaredFailure[]>,
  components: FaceComponents,
): Record<string, object> {
  const answers = [...failures].map(([httpStatus, declared]) => {
    const anyOf = [...declared.map((failure) => addDeclared(failure, components)), { $ref: '#/components/schemas/RpcFailure' }]
    const description = `${declared.map(({ code }) => code).join(', ')}, or a refusal by the platform.`
    return [String(httpStatus), { description, content: { 'application/json': { schema: { anyOf } } } }] as const
  })
  return Object.fromEntries(answers)
}

function addDeclared({ code, status, httpStatus, name, data }: DeclaredFailure, components: FaceComponents): JsonSchema {
  const errorData = components.add(`${name}ErrorData`, {
    type: 'object',
    properties: {
      code: { type: 'string', const: status },
      ...(data === undefined ? {} : { details: data }),
      httpStatus: { type: 'integer', format: 'int32', const: httpStatus },
      path: text,
      reason: { type: 'string', const: code },
    },
    required: ['code', ...(data === undefined ? [] : ['details']), 'httpStatus', 'reason'],
  })
  const error = components.add(`${name}Error`, {
    type: 'object',
    properties: { code: { type: 'integer', format: 'int32', const: jsonRpcCodeOf(status) }, data: errorData, message: text },
    required: ['code', 'data', 'message'],
  })
  return components.add(`${name}Failure`, { type: 'object', properties: { error }, required: ['error'] })
}
