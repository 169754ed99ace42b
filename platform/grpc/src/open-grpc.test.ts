import { once } from 'node:events'
import { connect } from 'node:http2'
import { create, type DescMethodUnary } from '@bufbuild/protobuf'
import { Code } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { grpcFace } from './grpc-face.ts'
import { ask, failure, libraryRegistry } from './testing/ask-library.ts'
import { library, libraryProtobuf } from './testing/library.ts'
import { serveLibrary, type ServedLibrary } from './testing/serve-library.ts'

let served: ServedLibrary
beforeAll(async () => {
  served = await serveLibrary()
})
afterAll(() => served[Symbol.asyncDispose]())

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
  const started = Promise.withResolvers<void>()
  const stops: unknown[] = []
  await using own = await serveLibrary({ started: () => started.resolve(), stopped: (reason) => stops.push(reason) })
  const leaving = new AbortController()
  const left = failure(ask(createGrpcTransport({ baseUrl: own.grpcUrl }), 'Wait', { signal: leaving.signal }))
  await started.promise
  leaving.abort()
  expect((await left).code).toBe(Code.Canceled)
  await expect.poll(() => stops.length).toBe(1)
  expect(own.settled.at(-1)).toMatchObject({ operation: 'library.v1/wait', status: 499, reason: 'aborted' })
})

it('says of an rpc that nobody has that it is not implemented', async () => {
  const method = libraryRegistry.getService('library.v1.LibraryService')?.methods[0] as DescMethodUnary
  const stranger = { ...method, name: 'Burn', parent: method.parent } as DescMethodUnary
  const asked = createGrpcTransport({ baseUrl: served.grpcUrl }).unary(stranger, undefined, undefined, {}, create(method.input))
  expect((await failure(asked)).code).toBe(Code.Unimplemented)
})

it('closes its door after the calls in hand, and cuts those that take too long', async () => {
  const started = Promise.withResolvers<void>()
  await using own = await serveLibrary({ started: () => started.resolve() })
  const transport = createGrpcTransport({ baseUrl: own.grpcUrl })
  await ask(transport, 'FindBook', { input: { isbn: '123' } })
  const cut = failure(ask(transport, 'Wait', {}))
  await started.promise
  await own.close(100)
  expect([Code.Unavailable, Code.Canceled, Code.Aborted, Code.Internal]).toContain((await cut).code)
  const late = failure(ask(createGrpcTransport({ baseUrl: own.grpcUrl }), 'FindBook', { input: { isbn: '1' } }))
  expect((await late).code).toBe(Code.Unavailable)
})

it('refuses the protobuf of another contract', async () => {
  const face = grpcFace(library, { protobuf: () => Promise.resolve({ default: { ...libraryProtobuf, package: 'archive.v1' } }) })
  await expect(face.open({ host: '127.0.0.1', listening: { implementations: [] } as never })).rejects.toThrow('is that of archive.v1')
})
