import { defineContract, mutation, query, z, type AnyBoundOperation } from '@ashlar/contract'
import { afterAll, describe, expect, it } from 'vitest'
import { allContracts } from '../all-contracts.ts'
import { fuzzContract } from '../fuzz/fuzz-contract.ts'
import { restFace } from '../fuzz/rest-face.ts'
import { startMock } from './start-mock.ts'

const Order = z.object({ orderId: z.uuid(), lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1).max(9) })).min(1) })
const shop = defineContract({
  name: 'shop',
  version: 3,
  operations: {
    getOrder: query({
      input: z.strictObject({ orderId: z.string().min(3) }),
      output: Order,
      policy: { access: 'customer' },
      rest: { method: 'GET', path: '/v1/orders/{orderId}' },
    }),
    listOrders: query({
      input: z.strictObject({
        sku: z.string().optional(),
        limit: z.int().max(9).optional(),
        open: z.boolean().optional(),
        ids: z.array(z.int()).optional(),
      }),
      output: z.object({ items: z.array(Order) }),
      policy: { access: 'customer' },
      rest: { method: 'GET', path: '/v1/orders/all' },
    }),
    payOrder: mutation({
      input: z.strictObject({ orderId: z.string(), card: z.string() }),
      output: Order,
      errors: { card_declined: { status: 'PAYMENT_REQUIRED', data: z.object({ declineCode: z.string().min(1) }) } },
      policy: { access: 'customer', idempotency: 'key' },
      rest: { method: 'POST', path: '/v1/orders/{orderId}/payment', status: 202 },
    }),
    forgetOrder: mutation({
      input: z.strictObject({ orderId: z.string() }),
      output: z.object({}),
      policy: { access: 'customer' },
      rest: { method: 'DELETE', path: '/v1/orders/{orderId}', status: 204 },
    }),
  },
})

const mock = await startMock({ contract: shop, port: 0, seed: 'one' })
afterAll(() => mock.stop())

/** What an operation answers on the wire between services. */
async function said(operation: string, input: unknown): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${mock.port}/rpc/shop.v3/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return ((await response.json()) as { result: { data: unknown } }).result.data
}

interface Init {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}
async function rest(path: string, { headers, ...init }: Init = {}): Promise<{ status: number; headers: Headers; body: any }> {
  const response = await fetch(`http://127.0.0.1:${mock.port}${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...headers },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

describe('the REST routes of a mock', () => {
  it('say what the wire between services says, by itself', async () => {
    const { status, body } = await rest('/v1/orders/o-1')
    expect([status, body]).toEqual([200, await said('getOrder', { orderId: 'o-1' })])
  })

  it('take numbers, truths and lists out of a query string, and a part that is said outright for itself', async () => {
    const { body } = await rest('/v1/orders/all?sku=7&limit=3&open=true&ids=1&ids=2')
    expect(body).toEqual(await said('listOrders', { sku: '7', limit: 3, open: true, ids: [1, 2] }))
    const tooMany = await rest('/v1/orders/all?limit=10&ids=x&nothing=1')
    expect(tooMany).toMatchObject({ status: 400, body: { code: 'invalid_input' } })
    expect(tooMany.body.issues.map(({ path }: { path: string[] }) => path)).toEqual(expect.arrayContaining([['limit'], ['ids', 0]]))
    expect((await rest('/v1/orders/all?limit=1&limit=2')).body.issues).toEqual([{ path: ['limit'], message: 'given more than once' }])
  })

  it('take a body and a key, and answer with the status of the route', async () => {
    const paying = { method: 'POST', body: JSON.stringify({ card: 'tok_visa' }) }
    expect(await rest('/v1/orders/o-1/payment', paying)).toMatchObject({ status: 400, body: { code: 'idempotency_key_required' } })
    const paid = await rest('/v1/orders/o-1/payment', { ...paying, headers: { 'idempotency-key': 'k-1' } })
    expect(paid.status).toBe(202)
    expect(Order.parse(paid.body)).toEqual(paid.body)
    expect(await rest('/v1/orders/o-1', { method: 'DELETE' })).toMatchObject({ status: 204, body: undefined })
  })

  it('answer with the declared error that is asked for, as a problem', async () => {
    const headers = { 'idempotency-key': 'k-1', 'x-mock-error': 'card_declined' }
    const declined = await rest('/v1/orders/o-1/payment', { method: 'POST', body: '{"card":"tok"}', headers })
    expect(declined.headers.get('content-type')).toBe('application/problem+json')
    expect(declined).toMatchObject({
      status: 402,
      body: { status: 402, code: 'card_declined', data: { declineCode: expect.any(String) as string } },
    })
    expect(await rest('/v1/orders/o-1', { headers: { 'x-mock-error': 'card_declined' } })).toMatchObject({
      status: 400,
      body: { code: 'bad_request' },
    })
  })

  it.each([
    ['a body that is no JSON', { method: 'POST', body: '{' }, [400, 'invalid_json']],
    ['a body that is no object', { method: 'POST', body: '[]' }, [400, 'invalid_input']],
    ['a body that says a part of the address again', { method: 'POST', body: '{"orderId":"o-2"}' }, [400, 'invalid_input']],
    [
      'a body of another kind',
      { method: 'POST', body: 'card=tok', headers: { 'content-type': 'text/plain' } },
      [415, 'unsupported_media_type'],
    ],
    ['a body that is too large', { method: 'POST', body: JSON.stringify({ card: 'x'.repeat(70_000) }) }, [413, 'body_too_large']],
    ['another method', { method: 'PUT' }, [405, 'method_not_supported']],
  ])('refuse %s', async (_what, init, ends) => {
    const { status, body } = await rest('/v1/orders/o-1/payment', init)
    expect([status, body.code]).toEqual(ends)
  })

  it('may be read by every web page, and are not there where the contract has none', async () => {
    const asked = await rest('/v1/orders/o-1/payment', { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'POST'])
    expect((await rest('/v1/orders/o-1')).headers.get('access-control-allow-origin')).toBe('*')
    expect((await fetch(`http://127.0.0.1:${mock.port}/v1/tills`)).status).toBe(404)
    expect((await fetch(`http://127.0.0.1:${mock.port}/v1/orders/%ff`)).status).toBe(404)
  })
})

describe('every contract of the shop, mocked', async () => {
  const contracts = await allContracts()
  it.each(contracts.map((contract) => [contract.id, contract] as const))(
    '%s keeps what it promises by REST',
    { timeout: 60_000 },
    async (_id, contract) => {
      const mocked = await startMock({ contract, port: 0, seed: '1' })
      const asking = {
        contract,
        url: new URL(`http://127.0.0.1:${mocked.port}`),
        face: restFace,
        seed: '1',
        runs: 5,
        given: new Map(),
        as: undefined,
        keys: undefined,
      }
      const tried = await fuzzContract({ ...asking, onOperation: () => undefined })
      await mocked.stop()
      const routes = Object.values<AnyBoundOperation>(contract.operations).filter(
        (one) => one.rest !== undefined && one.kind !== 'subscription',
      )
      expect(tried.map(({ operation }) => operation.name).toSorted()).toEqual(routes.map(({ name }) => name).toSorted())
      expect(tried.flatMap(({ failures }) => failures)).toEqual([])
    },
  )
})
