import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import type { ContractRouter } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { ask, type Said } from '../testing/ask.ts'
import { CallFailedError } from '../wire/call-failed.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { believe } from '../testing/our-listener.ts'
import { keepParcels, parcels, causeOfTheBug } from '../testing/parcels.ts'
import { implement } from './implement.ts'

const { parcels: serve } = closedAfterEach()

describe.each(['own', 'stock'] as const)('a listener on the %s wire', (wire) => {
  it('leaves paths that are not of rpc to others', async () => {
    const server = await serve({ wire })
    const response = await fetch(`${server.url}/health/live`)
    expect([response.status, await response.text()]).toEqual([404, 'not of rpc'])
  })

  it('says that a contract nobody keeps here is unknown', async () => {
    const server = await serve({ wire })
    const response = await fetch(`${server.url}/rpc/letters.v1/sendLetter`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: -32004, data: { code: 'NOT_FOUND', reason: 'unknown_operation' } } })
  })

  it('turns away who is not allowed before it looks at the input', async () => {
    const server = await serve({ wire })
    const broken = { body: '{"not":"json' }
    const nobody = await ask(server, 'openVault', broken)
    const other = await ask(server, 'openVault', { ...broken, headers: { authorization: 'Bearer service:bakery' } })
    const forged = await ask(server, 'openVault', { ...broken, headers: { authorization: 'Bearer anything' } })
    const post = await ask(server, 'openVault', { ...broken, headers: { authorization: 'Bearer service:post' } })
    expect([nobody, other, forged, post].map(({ status, body }) => [status, body.error?.data['reason']])).toEqual([
      [401, 'unauthenticated'],
      [403, 'forbidden'],
      [401, 'unauthenticated'],
      [400, 'invalid_json'],
    ])
  })

  it('lets in who is allowed, and asks for credentials meant for this contract', async () => {
    const audiences: string[] = []
    const server = await serve({
      wire,
      authenticate: (authorization, audience) => believe(authorization).finally(() => audiences.push(audience)),
    })
    const { body } = await ask(server, 'openVault', { body: '{"door":"north"}', headers: { authorization: 'Bearer service:post' } })
    expect(body).toEqual({ result: { data: { door: 'north' } } })
    expect(audiences).toEqual(['parcels'])
  })

  it('names every issue of an input', async () => {
    const server = await serve({ wire })
    const { body } = await ask(server, 'sendParcel', { body: '{"grams":"x","color":1}' })
    expect(body.error?.data).toMatchObject({ code: 'BAD_REQUEST', reason: 'invalid_input', path: 'sendParcel' })
    expect(body.error?.data['issues']).toEqual([
      { path: ['grams'], message: expect.any(String) },
      { path: ['color'], message: 'no such field' },
    ])
  })

  it('accepts no key that reaches a prototype', async () => {
    const server = await serve({ wire })
    const { status, body } = await ask(server, 'sendParcel', { body: '{"grams":1,"__proto__":{"isAdmin":true}}' })
    expect([status, body.error?.data['reason'], body.error?.message]).toEqual([400, 'invalid_json', 'the key __proto__ is not accepted'])
  })

  it.each([
    ['NUL', '\\u0000'],
    ['half a surrogate pair', '\\ud800'],
  ])('accepts no text that cannot be kept, and says where it is: %s', async (_what, text) => {
    const server = await serve({ wire })
    const { status, body } = await ask(server, 'sendParcel', { body: `{"grams":1,"note":"${text}"}` })
    expect([status, body.error?.data['reason']]).toEqual([400, 'invalid_input'])
    expect(body.error?.data['issues']).toEqual([{ path: ['note'], message: expect.stringContaining('holds') }])
    const asked = await fetch(`${server.url}/rpc/parcels.v2/findParcel?input=${encodeURIComponent(`{"parcelId":"${text}"}`)}`)
    expect([asked.status, ((await asked.json()) as Said['body']).error?.data['reason']]).toEqual([400, 'invalid_input'])
  })

  it('reads no body in another character set than UTF-8', async () => {
    const server = await serve({ wire })
    const headers = { 'content-type': 'application/json; charset=latin1' }
    const { status, body } = await ask(server, 'sendParcel', { body: '{"grams":1}', headers })
    expect([status, body.error?.data['reason']]).toEqual([415, 'unsupported_media_type'])
  })

  it('takes one key for one operation, also in a batch', async () => {
    const server = await serve({ wire })
    const body = '{"0":{"parcelId":"a"},"1":{"parcelId":"b"}}'
    const token = { authorization: 'Bearer customer:ada' }
    const headers = { ...token, 'idempotency-key': 'k-1' }
    const both = await ask(server, 'stampParcel,stampParcel?batch=1', { body, headers })
    expect([both.status, both.body.error?.data['reason']]).toEqual([400, 'idempotency_key_invalid'])
    expect((await ask(server, 'stampParcel,sendParcel?batch=1', { body, headers })).status).toBe(207)
    expect((await ask(server, 'stampParcel,stampParcel?batch=1', { body, headers: token })).status).toBe(200)
  })

  it('shows nothing of a bug to the caller, and all of it to the log', async () => {
    const server = await serve({ wire })
    const { status, body } = await ask(server, 'explode')
    expect([status, body.error?.data]).toEqual([
      500,
      { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, reason: 'internal', path: 'explode' },
    ])
    expect(JSON.stringify(body)).not.toContain('broke')
    const [line] = server
      .logged()
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as object)
    expect(line).toMatchObject({
      operation: 'parcels.v2/explode',
      err: {
        name: 'TypeError',
        message: 'the handler broke',
        cause: { name: 'Error', message: causeOfTheBug, code: 'ENOSPC' },
        stack: expect.stringContaining(`caused by: Error: ${causeOfTheBug}`),
      },
    })
  })

  it('tells whoever writes the line of a call what was thrown, and nothing of a refusal', async () => {
    const server = await serve({ wire })
    await ask(server, 'explode')
    await ask(server, 'sendParcel', { body: '{"grams":"x"}' })
    expect(server.settled.map(({ reason, thrown }) => [reason, thrown])).toEqual([
      ['internal', { name: 'TypeError', message: 'the handler broke', cause: { name: 'Error', message: causeOfTheBug, code: 'ENOSPC' } }],
      ['invalid_input', undefined],
    ])
  })

  it('tells how each operation of a batch ended', async () => {
    const server = await serve({ wire })
    await ask(server, 'findParcel,findParcel,burnParcel?batch=1', {
      body: '{"0":{"parcelId":"a"},"1":{"parcelId":"lost"}}',
      headers: { authorization: 'Bearer customer:ada' },
    })
    const told = server.settled.map(({ operation, status, reason }) => [operation.split('/').at(-1), status, reason])
    expect(told.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      ['burnParcel', 404, 'unknown_operation'],
      ['findParcel', 200, undefined],
      ['findParcel', 404, 'parcel_not_found'],
    ])
    expect(server.settled.find(({ status }) => status === 200)?.principal).toMatchObject({ kind: 'customer', id: 'ada' })
  })

  it('answers a streamed batch', async () => {
    const server = await serve({ wire })
    const client = createTRPCClient<ContractRouter<typeof parcels>>({
      links: [httpBatchStreamLink({ url: `${server.url}/rpc/parcels.v2` })],
    })
    const [one, other] = await Promise.allSettled([
      client.findParcel.query({ parcelId: 'a' }),
      client.findParcel.query({ parcelId: 'lost' }),
    ])
    expect(one).toEqual({ status: 'fulfilled', value: { parcelId: 'a', grams: 1 } })
    expect(other).toMatchObject({ status: 'rejected', reason: { data: { reason: 'parcel_not_found', details: { parcelId: 'lost' } } } })
  })

  it('tells an outage of another service as an outage', async () => {
    const outage = new CallFailedError('customs.v1/declare', { outcome: 'unknown', reason: 'connection_lost' })
    const kept = { ...keepParcels().handlers, explode: () => Promise.reject(outage) }
    const server = await serve({ wire, implementations: [implement(parcels, kept)] })
    const { status, body } = await ask(server, 'explode')
    expect([status, body.error?.data['reason']]).toEqual([503, 'dependency_unavailable'])
    expect(server.logged()).toContain('connection_lost')
  })
})
