import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { failed, RequestRefusedError } from '@ashlar/contract'
import { createRpcListener, implement } from '@ashlar/rpc'
import { createLogger } from '@observability/telemetry'
import { expect, it, onTestFinished } from 'vitest'
import { validatorOf } from '../testing/json-schema-complaints.ts'
import { teaHouse } from '../testing/tea-house.ts'
import { rpcFaceOf } from './rpc-face.ts'

const document: any = rpcFaceOf(teaHouse)

/** Serves the tea house by the platform's own listener. */
async function openTeaHouse(): Promise<string> {
  const kept = implement(teaHouse, {
    brewTea: async ({ brew, guest }) => {
      if (guest === 'Late') return failed('closed_today')
      return guest === 'Thirsty' ? failed('no_water', { litres: 0.5 }) : brew
    },
    findTea: async ({ teaId }) => {
      if (teaId === 'coffee') return failed('tea_not_found', { teaId })
      return { teaId, name: 'Assam', origin: null, prices: { pot: 450 }, pair: ['milk', 1] as [string, number] }
    },
    washCups: async () => ({}),
    listShelves: async () => [{ label: 'top', shelves: [{ label: 'inner', shelves: [] }] }],
  })
  const listener = createRpcListener({
    implementations: [kept],
    authenticate: async (authorization) => {
      if (authorization === undefined)
        throw new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, 'show who you are')
      return { kind: 'customer', id: 'ada', sessionId: 's-1', roles: ['washer'] }
    },
    logger: createLogger({ service: 'teahouse', level: 'silent' }),
  })
  const server = createServer((req, res) => void listener(req, res))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const brewing = { brew: { teaId: 't-1', milk: 'oat' }, payment: { method: 'cash' }, cups: [{ size: 'small' }], guest: 'Ada' }
const token = { authorization: 'Bearer ada' }

interface Asked {
  readonly operation: string
  readonly input: unknown
  readonly headers?: Record<string, string>
  readonly status: number
  readonly reason?: string
}

it.each<Asked>([
  { operation: 'brewTea', input: brewing, status: 200 },
  { operation: 'brewTea', input: { ...brewing, guest: 'Thirsty' }, status: 409, reason: 'no_water' },
  { operation: 'brewTea', input: { ...brewing, guest: 'Late' }, status: 409, reason: 'closed_today' },
  { operation: 'brewTea', input: { ...brewing, cups: [] }, status: 400, reason: 'invalid_input' },
  { operation: 'brewTea', input: brewing, headers: { ...token, 'x-deadline-ms': '1' }, status: 504, reason: 'deadline_too_short' },
  { operation: 'findTea', input: { teaId: 't-1' }, status: 200 },
  { operation: 'findTea', input: { teaId: 'coffee' }, status: 404, reason: 'tea_not_found' },
  { operation: 'findTea', input: { teaId: 't-1' }, headers: {}, status: 401, reason: 'unauthenticated' },
  { operation: 'listShelves', input: {}, status: 403, reason: 'forbidden' },
  { operation: 'washCups', input: { sinkId: 's-1', cups: 2 }, status: 200 },
])('$operation answers $status $reason as the document says', async ({ operation, input, headers = token, status, reason }) => {
  const path = `/rpc/teahouse.v1/${operation}`
  const { post } = document.paths[path]
  const url = await openTeaHouse()
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', ...headers },
    body: JSON.stringify(input),
  })
  const body: any = await response.json()
  expect([response.status, body.error?.data.reason]).toEqual([status, reason])

  const promised = post.responses[status] ?? document.components.responses.Failure
  const { schema } = promised.content[response.headers.get('content-type') ?? '']
  expect({ body, isAccepted: acceptedBy(declaredBy(schema))(body) }).toEqual({ body, isAccepted: true })
  for (const header of Object.keys(promised.headers ?? {})) expect(response.headers.has(header)).toBe(true)
})

/** What is declared, without the failure that any error is. */
function declaredBy(schema: { anyOf?: object[] }): object {
  return schema.anyOf === undefined ? schema : { anyOf: schema.anyOf.slice(0, -1) }
}

it.each([
  ['an answer without its envelope', 'FindTeaSuccess', { teaId: 't-1' }],
  [
    'a declared error without its details',
    'BrewTeaNoWaterFailure',
    { error: { message: '', code: -32009, data: { code: 'CONFLICT', httpStatus: 409, reason: 'no_water' } } },
  ],
  [
    'an error without a reason',
    'RpcFailure',
    { error: { message: '', code: -32603, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500 } } },
  ],
])('does not let through %s', (_what, name, body) => {
  expect(acceptedBy({ $ref: `#/components/schemas/${name}` })(body)).toBe(false)
})

function acceptedBy(schema: object): (value: unknown) => boolean {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas }, (key, value: unknown) =>
    // words of OpenAPI that JSON Schema does not know
    key === 'discriminator' ? undefined : value,
  )
  return validatorOf(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as object)
}
