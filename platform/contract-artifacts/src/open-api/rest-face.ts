import { hasKey, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import { contractShapes, type ContractShapes } from '../json-schema/contract-shapes.ts'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { declaredFailures } from './declared-failures.ts'
import { deprecationResponseHeaders } from './deprecation-response-headers.ts'
import { lastEventId, streamAtGateway } from './event-stream.ts'
import { FaceComponents } from './face-components.ts'
import { operationHead } from './operation-text.ts'
import { restInputOf } from './rest-input.ts'
import { addProblem, addProblems, anyOtherProblem } from './rest-problems.ts'
import { idempotencyKey, type OpenApiDocument } from './whole-shop.ts'

const about = `What the gateway serves of this contract. Errors are problem documents (RFC 9457); \`code\` says which: one that the
operation declares, with its \`data\`, or one of the platform's own. Objects may have more fields than this document knows: read over
them.`.replaceAll('\n', ' ')

/** Writes the part of a contract that the gateway serves by REST; `undefined` where it serves nothing. */
export function restFaceOf(contract: AnyContract): OpenApiDocument | undefined {
  const found = contractShapes(contract)
  const components = new FaceComponents(contract.name, found)
  addProblem(components)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, shapes] of Object.entries(found.operations)) {
    const operation = contract.operations[name]
    if (operation?.rest === undefined) continue
    const { path, method } = operation.rest
    const written = { ...operationHead(operation), ...securityOf(operation), ...operationObject(operation, { shapes, found, components }) }
    paths[path] = { ...paths[path], [method.toLowerCase()]: written }
  }
  if (Object.keys(paths).length === 0) return undefined
  return {
    openapi: '3.1.0',
    info: {
      title: `${contract.id}, at the gateway`,
      version: String(contract.version),
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The gateway.' }],
    tags: [{ name: contract.name, description: `The contract ${contract.id}.` }],
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: components.usedBy([paths, anyOtherProblem]),
      responses: { Problem: anyOtherProblem },
      ...(isAllOpen(contract) ? {} : { securitySchemes: { bearer } }),
    },
  }
}

const bearer = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of a session.' }

function isAllOpen({ operations }: AnyContract): boolean {
  return Object.values(operations).every(({ rest, policy }) => rest === undefined || policy.access === 'open')
}

function securityOf({ policy }: AnyBoundOperation): object {
  return { security: policy.access === 'open' ? [] : [{ bearer: [] }] }
}

interface Written {
  readonly shapes: ContractShapes['operations'][string]
  readonly found: ContractShapes
  readonly components: FaceComponents
}

function operationObject(operation: AnyBoundOperation, { shapes, found, components }: Written): object {
  const { parameters, requestBody } = restInputOf(operation, { input: shapes.input, shapes: found.shapes, components })
  const isStream = operation.kind === 'subscription'
  const all = [...parameters, ...(hasKey(operation.policy) ? [idempotencyKey] : []), ...(isStream ? [lastEventId] : [])]
  return {
    ...(all.length > 0 ? { parameters: all } : {}),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      ...goodAnswer(operation, shapes.output),
      ...addProblems(operation, { declared: declaredFailures(operation, shapes), components }),
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function goodAnswer(operation: AnyBoundOperation, output: string): Record<string, object> {
  const status = operation.rest?.status ?? 200
  const headers = deprecationResponseHeaders(operation)
  if (status === 204) return { 204: { description: 'Done; no body.', ...headers } }
  const schema: JsonSchema = { $ref: `#/components/schemas/${output}` }
  if (operation.kind === 'subscription') return streamAtGateway(schema, headers)
  return { [status]: { description: 'The answer.', ...headers, content: { 'application/json': { schema } } } }
}
