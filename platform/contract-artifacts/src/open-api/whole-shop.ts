import { hasKey, httpStatusOf, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { lastEventId, streamAtGateway } from './event-stream.ts'
import { deprecationMark } from './operation-text.ts'
import { platformFailures } from './platform-failures.ts'
import { anyOtherProblem, platformReasonSchema, problemResponse, problemSchema } from './problem-response.ts'
import { SharedSchemas } from './shared-schemas.ts'

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly [section: string]: unknown
}

/** Writes the REST face of contracts as an OpenAPI 3.1 document; the same contracts always give the same document. */
export function openApiOf(
  contracts: readonly AnyContract[],
  info: { title: string; version: string; description: string },
): OpenApiDocument {
  const shared = new SharedSchemas()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const contract of contracts) {
    for (const operation of Object.values(contract.operations) as AnyBoundOperation[]) {
      if (operation.rest === undefined) continue
      const { path, method } = operation.rest
      paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(operation, shared) }
    }
  }
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: contracts
      .filter(({ operations }) => Object.values(operations).some(({ rest }) => rest !== undefined))
      .map(({ name }) => ({ name })),
    paths,
    components: {
      schemas: { ...shared.components(), PlatformReason: platformReasonSchema, Problem: problemSchema },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}

function operationObject(operation: AnyBoundOperation, shared: SharedSchemas): Record<string, unknown> {
  const { rest, policy } = operation
  const { method, path, status = 200 } = rest ?? { method: 'POST', path: '/' }
  const input = shared.write(operation.input, 'input')
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const isRead = method === 'GET'
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: input.properties?.[name] ?? {} })),
    ...(isRead ? queryParameters(input, inPath) : []),
    ...(hasKey(policy) ? [idempotencyKey] : []),
    ...(operation.kind === 'subscription' ? [lastEventId] : []),
  ]
  const body = isRead ? undefined : bodyOf(input, inPath)
  return {
    operationId: operation.name,
    tags: [operation.contract],
    ...deprecationMark(operation),
    ...(policy.access === 'open' ? { security: [] } : { security: [{ bearer: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { ...good(operation, status, shared), ...failures(operation, shared) },
  }
}

/** The header a repeat is made safe by. */
export const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The same key makes a repeat safe: it answers what the first request was answered. Kept for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

function queryParameters(input: JsonSchema, inPath: readonly string[]): object[] {
  return Object.entries(input.properties ?? {})
    .filter(([name]) => !inPath.includes(name))
    .map(([name, schema]) => ({ name, in: 'query', required: input.required?.includes(name) ?? false, schema }))
}

function bodyOf(input: JsonSchema, inPath: readonly string[]): object | undefined {
  const properties = Object.fromEntries(Object.entries(input.properties ?? {}).filter(([name]) => !inPath.includes(name)))
  if (Object.keys(properties).length === 0) return undefined
  const required = (input.required ?? []).filter((name) => !inPath.includes(name))
  return {
    required: true,
    content: { 'application/json': { schema: { ...input, properties, ...(required.length > 0 ? { required } : {}) } } },
  }
}

function good(operation: AnyBoundOperation, status: number, shared: SharedSchemas): object {
  if (status === 204) return { 204: { description: 'Done; no body.' } }
  const schema = shared.write(operation.output, 'output')
  if (operation.kind === 'subscription') return streamAtGateway(schema, {})
  return { [status]: { description: 'The answer.', content: { 'application/json': { schema } } } }
}

function failures(operation: AnyBoundOperation, shared: SharedSchemas): Record<string, object> {
  const codes = new Map<number, Map<string, JsonSchema | undefined>>()
  const add = (status: number, code: string, data?: JsonSchema): void => {
    codes.set(status, (codes.get(status) ?? new Map<string, JsonSchema | undefined>()).set(code, data))
  }
  for (const [status, code] of platformFailures(operation)) add(status, code)
  for (const [code, { status, data }] of Object.entries(operation.errors)) {
    add(httpStatusOf(status), code, data === undefined ? undefined : shared.write(data, 'output'))
  }
  const entries = [...codes].sort(([a], [b]) => a - b).map(([status, byCode]) => [String(status), problemResponse(status, byCode)] as const)
  return { ...Object.fromEntries(entries), default: anyOtherProblem }
}
