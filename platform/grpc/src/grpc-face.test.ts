import { once } from 'node:events'
import { connect } from 'node:http2'
import { create, type DescMethodUnary, type Message } from '@bufbuild/protobuf'
import { Code, ConnectError, type Transport } from '@connectrpc/connect'
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codecOf } from './codec.ts'
import { descriptorOf } from './descriptor-of.ts'
import { errorDetails } from './error-details.ts'
import { grpcFace } from './grpc-face.ts'
import { library, libraryProtobuf } from './testing/library.ts'
import { serveLibrary, type ServedLibrary } from './testing/serve-library.ts'

const registry = descriptorOf(libraryProtobuf)
const codec = codecOf(libraryProtobuf, registry)

let served: ServedLibrary
let stops: unknown[]
beforeAll(async () => {
  stops = []
  served = await serveLibrary((reason) => stops.push(reason))
})
afterAll(() => served[Symbol.asyncDispose]())

const wires: readonly (readonly [string, () => Transport])[] = [
  ['gRPC', () => createGrpcTransport({ baseUrl: served.grpcUrl })],
  ['gRPC-Web at the ordinary door', () => createGrpcWebTransport({ baseUrl: served.httpUrl, httpVersion: '1.1' })],
  ['gRPC-Web over HTTP/2', () => createGrpcWebTransport({ baseUrl: served.grpcUrl, httpVersion: '2' })],
  ['Connect at the ordinary door', () => createConnectTransport({ baseUrl: served.httpUrl, httpVersion: '1.1' })],
]

interface Asking {
  readonly input?: unknown
  readonly headers?: Record<string, string>
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

async function ask(transport: Transport, name: string, { input = {}, headers, timeoutMs, signal }: Asking): Promise<unknown> {
  const method = registry.getService('library.v1.LibraryService')?.methods.find((each) => each.name === name) as DescMethodUnary
  const sent = codec.toMessage(`${name}Request`, input)
  const { message } = await transport.unary(method, signal, timeoutMs, { authorization: 'Bearer reader', ...headers }, sent)
  return codec.fromMessage(`${name}Response`, message)
}

async function failure(asked: Promise<unknown>): Promise<ConnectError> {
  const thrown: unknown = await asked.then(
    (value) => value,
    (cause: unknown) => cause,
  )
  if (thrown instanceof ConnectError) return thrown
  throw new Error('it did not fail', { cause: thrown })
}

function detailsOf(error: ConnectError): unknown[] {
  const details = errorDetails()
  return ['ErrorInfo', 'BadRequest']
    .flatMap((name) => error.findDetails(details.getMessage(`google.rpc.${name}`)!))
    .concat(error.findDetails(registry.getMessage('library.v1.FindBookBookLentError')!))
    .map(
      (detail: Message) =>
        JSON.parse(
          JSON.stringify({ ...detail, $unknown: undefined }, (_key, one: unknown) => (typeof one === 'bigint' ? Number(one) : one)),
        ) as unknown,
    )
}

describe.each(wires)('by %s', (_name, open) => {
  it('an answer comes as the contract says it, with its nulls and large numbers', async () => {
    const answer = await ask(open(), 'FindBook', { input: { isbn: '123' } })
    expect(answer).toEqual({ isbn: '123', pages: 9_007_199_254_740_991, subtitle: null, tags: [] })
  })

  it('a union and an idempotency key come through', async () => {
    const paying = { headers: { authorization: 'Bearer ada', 'idempotency-key': 'k-1' } }
    const fee = { how: 'on-account', account: 'a-7' }
    expect(await ask(open(), 'PayFee', { input: { fee }, ...paying })).toEqual({ paid: fee, key: 'k-1' })
    const cash = { how: 'cash', amountMinor: -5 }
    expect(await ask(open(), 'PayFee', { input: { fee: cash }, ...paying })).toEqual({ paid: cash, key: 'k-1' })
  })

  it('a declared error is a code with the contract’s own code and data in its details', async () => {
    const lent = await failure(ask(open(), 'FindBook', { input: { isbn: 'lent' } }))
    expect(lent.code).toBe(Code.FailedPrecondition)
    expect(detailsOf(lent)).toMatchObject([{ reason: 'book_lent', domain: 'library.v1' }, { daysLeft: 12 }])
    const unknown = await failure(ask(open(), 'FindBook', { input: { isbn: 'unknown' } }))
    expect([unknown.code, detailsOf(unknown)]).toMatchObject([Code.NotFound, [{ reason: 'book_unknown', domain: 'library.v1' }]])
  })

  it('what is wrong with an input is said by field', async () => {
    const refused = await failure(ask(open(), 'FindBook', { input: { isbn: 'x' } }))
    expect(refused.code).toBe(Code.InvalidArgument)
    expect(detailsOf(refused)).toMatchObject([{ reason: 'invalid_input', domain: 'platform' }, { fieldViolations: [{ field: 'isbn' }] }])
  })

  it('who shows no token is unauthenticated, and who may not ask is told so', async () => {
    const nobody = await failure(ask(open(), 'FindBook', { input: { isbn: 'x' }, headers: { authorization: '' } }))
    expect([nobody.code, detailsOf(nobody)]).toMatchObject([Code.Unauthenticated, [{ reason: 'unauthenticated', domain: 'platform' }]])
    const customer = await failure(ask(open(), 'FindBook', { input: { isbn: '123' }, headers: { authorization: 'Bearer ada' } }))
    expect(customer.code).toBe(Code.PermissionDenied)
  })

  it('the deadline of the caller ends the call, here and there', async () => {
    const before = stops.length
    const late = await failure(ask(open(), 'Wait', { timeoutMs: 60 }))
    expect(late.code).toBe(Code.DeadlineExceeded)
    await expect.poll(() => stops.length).toBe(before + 1)
    expect((stops.at(-1) as DOMException).name).toMatch(/TimeoutError|AbortError/)
  })

  it('a bug shows nothing of itself', async () => {
    const broken = await failure(ask(open(), 'Explode', {}))
    expect([broken.code, broken.rawMessage]).toEqual([Code.Internal, 'something went wrong on our side'])
  })

  it('a message larger than is taken is refused', async () => {
    const large = await failure(ask(open(), 'FindBook', { input: { isbn: 'x'.repeat(20_000) } }))
    expect(large.code).toBe(Code.ResourceExhausted)
  })
})

describe('a call by plain JSON', () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${served.httpUrl}/library.v1.LibraryService/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: 'Bearer reader', ...headers },
    })

  it('needs no library at all', async () => {
    const response = await post('FindBook', '{"isbn":"123"}')
    expect([response.status, await response.json()]).toEqual([200, { isbn: '123', pages: '9007199254740991' }])
    const refused = await post('FindBook', '{"isbn":"lent"}')
    expect(await refused.json()).toMatchObject({
      code: 'failed_precondition',
      details: [
        { type: 'google.rpc.ErrorInfo', debug: { reason: 'book_lent', domain: 'library.v1' } },
        { type: 'library.v1.FindBookBookLentError', debug: { daysLeft: '12' } },
      ],
    })
  })

  it('is refused for a field that the contract does not have', async () => {
    const refused = await post('FindBook', '{"isbn":"123","page":1}')
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'invalid_argument' }])
  })

  it('is told that an operation will go', async () => {
    const response = await post('PayFee', '{"fee":{"cash":{"amountMinor":"5"}}}', { authorization: 'Bearer ada', 'idempotency-key': 'k' })
    expect([response.status, response.headers.get('deprecation')]).toEqual([200, expect.stringMatching(/^@\d+$/)])
  })

  it('of another path is not ours', async () => {
    expect((await fetch(`${served.httpUrl}/other.v1.Service/Ask`, { method: 'POST' })).status).toBe(404)
  })
})

it('tells of each call as of those by every other wire', async () => {
  const before = served.settled.length
  const transport = createGrpcTransport({ baseUrl: served.grpcUrl })
  await ask(transport, 'FindBook', { input: { isbn: '123' } })
  await failure(ask(transport, 'FindBook', { input: { isbn: 'lent' } }))
  expect(served.settled.slice(before)).toMatchObject([
    { operation: 'library.v1/findBook', status: 200, reason: undefined, principal: { kind: 'service', name: 'reader' } },
    { operation: 'library.v1/findBook', status: 409, reason: 'book_lent' },
  ])
})

it('tells of what cannot be read as a call, too', async () => {
  const before = served.settled.length
  const broken = await fetch(`${served.httpUrl}/library.v1.LibraryService/FindBook`, {
    method: 'POST',
    headers: { 'content-type': 'application/proto', authorization: 'Bearer reader' },
    body: Buffer.of(0xff, 0xff),
  })
  expect(broken.status).toBe(400)
  const grpc = createGrpcTransport({ baseUrl: served.grpcUrl })
  await failure(ask(grpc, 'FindBook', { input: { isbn: 'x'.repeat(20_000) } }))
  const told = { operation: 'library.v1/findBook', status: 400, reason: 'bad_request', principal: { name: 'reader' } }
  await expect.poll(() => served.settled.length).toBe(before + 2)
  expect(served.settled.slice(before)).toMatchObject([told, told])
})

it('outlives a request whose address is none', async () => {
  const session = connect(served.grpcUrl)
  const stream = session.request({
    ':method': 'POST',
    ':path': '/library.v1.LibraryService/FindBook',
    ':authority': 'a:b',
    'content-type': 'application/grpc',
  })
  stream.end()
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
  expect(headers[':status']).toBe(400)
  session.destroy()
  expect(await ask(createGrpcTransport({ baseUrl: served.grpcUrl }), 'FindBook', { input: { isbn: '123' } })).toMatchObject({ isbn: '123' })
})

it('stops the handler of a caller who went away', async () => {
  const before = stops.length
  const leaving = new AbortController()
  const asked = ask(createGrpcTransport({ baseUrl: served.grpcUrl }), 'Wait', { signal: leaving.signal })
  setTimeout(() => leaving.abort(), 50)
  expect((await failure(asked)).code).toBe(Code.Canceled)
  await expect.poll(() => stops.length).toBe(before + 1)
  expect(served.settled.at(-1)).toMatchObject({ operation: 'library.v1/wait', status: 499, reason: 'aborted' })
})

it('says of an rpc that nobody has that it is not implemented', async () => {
  const method = registry.getService('library.v1.LibraryService')?.methods[0] as DescMethodUnary
  const stranger = { ...method, name: 'Burn', parent: method.parent } as DescMethodUnary
  const asked = createGrpcTransport({ baseUrl: served.grpcUrl }).unary(stranger, undefined, undefined, {}, create(method.input))
  expect((await failure(asked)).code).toBe(Code.Unimplemented)
})

it('closes its door after the calls in hand, and cuts those that take too long', async () => {
  const own = await serveLibrary()
  const transport = createGrpcTransport({ baseUrl: own.grpcUrl })
  await ask(transport, 'FindBook', { input: { isbn: '123' } })
  const cut = failure(ask(transport, 'Wait', {}))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await own.close(100)
  expect([Code.Unavailable, Code.Canceled, Code.Aborted, Code.Internal]).toContain((await cut).code)
  expect((await failure(ask(createGrpcTransport({ baseUrl: own.grpcUrl }), 'FindBook', { input: { isbn: '1' } }))).code).toBe(
    Code.Unavailable,
  )
  await own[Symbol.asyncDispose]()
})

it('refuses the protobuf of another contract', async () => {
  const face = grpcFace(library, { protobuf: () => Promise.resolve({ default: { ...libraryProtobuf, package: 'archive.v1' } }) })
  await expect(face.open({ host: '127.0.0.1', listening: { implementations: [] } as never })).rejects.toThrow('is that of archive.v1')
})
