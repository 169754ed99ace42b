import { Code, type Transport } from '@connectrpc/connect'
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, detailsOf, failure } from './testing/ask-library.ts'
import { serveLibrary, type ServedLibrary } from './testing/serve-library.ts'

let served: ServedLibrary
let stops: unknown[]
beforeAll(async () => {
  stops = []
  served = await serveLibrary({ stopped: (reason) => stops.push(reason) })
})
afterAll(() => served[Symbol.asyncDispose]())

const wires: readonly (readonly [string, () => Transport])[] = [
  ['gRPC', () => createGrpcTransport({ baseUrl: served.grpcUrl })],
  ['gRPC-Web at the ordinary door', () => createGrpcWebTransport({ baseUrl: served.httpUrl, httpVersion: '1.1' })],
  ['gRPC-Web over HTTP/2', () => createGrpcWebTransport({ baseUrl: served.grpcUrl, httpVersion: '2' })],
  ['Connect at the ordinary door', () => createConnectTransport({ baseUrl: served.httpUrl, httpVersion: '1.1' })],
]

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
    const late = await failure(ask(open(), 'Wait', { timeoutMs: 300 }))
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
