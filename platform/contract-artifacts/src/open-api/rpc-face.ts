import { hasKey, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import { contractShapes, type ContractShapes } from '../json-schema/contract-shapes.ts'
import { pascalCase } from '../json-schema/shape-names.ts'
import { declaredFailures } from './declared-failures.ts'
import { deprecationResponseHeaders } from './deprecation-response-headers.ts'
import { lastEventId, streamOfService } from './event-stream.ts'
import { FaceComponents } from './face-components.ts'
import { operationHead } from './operation-text.ts'
import { addRpcFailure, addRpcFailures } from './rpc-failures.ts'
import { rpcAbout, rpcParameters } from './rpc-about.ts'
import type { OpenApiDocument } from './whole-shop.ts'

/** Writes the wire between services as another language calls it, or keeps it itself: one POST for each operation. */
export function rpcFaceOf(contract: AnyContract): OpenApiDocument {
  const found = contractShapes(contract)
  const components = new FaceComponents(contract.name, found)
  const failure = addRpcFailure(components)
  const paths = Object.entries(found.operations).flatMap(([name, shapes]) => {
    const operation = contract.operations[name]
    if (operation === undefined) return []
    const post = operationObject(operation, { shapes, components })
    return [[`/rpc/${operation.address}`, { post }]]
  })
  const responses = { Failure: { description: rpcAbout.failure, content: { 'application/json': { schema: failure } } } }
  return {
    openapi: '3.1.0',
    info: {
      title: `${contract.id}, between services`,
      version: String(contract.version),
      description: rpcAbout.wire,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: `Any instance of ${contract.id} that the registry knows.` }],
    security: [{ identity: [] }],
    tags: [{ name: contract.name, description: `The contract ${contract.id}.` }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: components.usedBy([paths, responses]),
      responses,
      parameters: usedParameters(contract),
      securitySchemes: { identity: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: rpcAbout.identity } },
    },
  }
}

function usedParameters({ operations }: AnyContract): object {
  const { IdempotencyKey, ...others } = rpcParameters
  return Object.values(operations).some(({ policy }) => hasKey(policy)) ? { IdempotencyKey, ...others } : others
}

interface Written {
  readonly shapes: ContractShapes['operations'][string]
  readonly components: FaceComponents
}

function operationObject(operation: AnyBoundOperation, { shapes, components }: Written): object {
  const name = pascalCase(operation.name)
  const isStream = operation.kind === 'subscription'
  const item = { $ref: `#/components/schemas/${shapes.output}` }
  const result = components.add(`${name}Result`, {
    type: 'object',
    properties: { data: item },
    required: ['data'],
  })
  const success = components.add(`${name}Success`, { type: 'object', properties: { result }, required: ['result'] })
  const failures = addRpcFailures(declaredFailures(operation, shapes), components)
  const parameters = [...(hasKey(operation.policy) ? ['IdempotencyKey'] : []), 'DeadlineMs', 'RequestId', 'Traceparent', 'Tracestate']
  return {
    ...operationHead(operation),
    parameters: [...parameters.map((parameter) => ({ $ref: `#/components/parameters/${parameter}` })), ...(isStream ? [lastEventId] : [])],
    requestBody: { required: true, content: { 'application/json': { schema: { $ref: `#/components/schemas/${shapes.input}` } } } },
    responses: {
      ...(isStream
        ? streamOfService(item, deprecationResponseHeaders(operation))
        : {
            200: {
              description: 'The answer.',
              ...deprecationResponseHeaders(operation),
              content: { 'application/json': { schema: success } },
            },
          }),
      ...failures,
      default: { $ref: '#/components/responses/Failure' },
    },
  }
}
