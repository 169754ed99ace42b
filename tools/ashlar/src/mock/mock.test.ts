import { defineContract, mutation, query, subscription, z, type ContractRouter } from '@ashlar/contract'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, describe, expect, it } from 'vitest'
import { startMock } from './start-mock.ts'

const Order = z.object({ orderId: z.uuid(), lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1).max(9) })).min(1) })
const shop = defineContract({
  name: 'shop',
  version: 3,
  operations: {
    getOrder: query({
      input: z.strictObject({ orderId: z.string().min(3), deep: z.boolean().optional() }),
      output: Order,
      errors: { order_not_found: { status: 'NOT_FOUND', data: z.object({ orderId: z.uuid() }) }, closed_today: { status: 'CONFLICT' } },
      policy: { access: 'customer' },
    }),
    placeOrder: mutation({
      input: z.strictObject({ sku: z.string() }),
      output: Order,
      policy: { access: { services: ['till'] }, idempotency: 'key' },
    }),
    watchOrder: subscription({ input: z.strictObject({ orderId: z.string() }), output: Order, policy: { access: 'customer' } }),
  },
})

const mock = await startMock({ contract: shop, port: 0, seed: 'one' })
const otherMock = await startMock({ contract: shop, port: 0, seed: 'two' })
afterAll(async () => {
  await Promise.all([mock.stop(), otherMock.stop()])
})
const clientOf = ({ port }: { port: number }) =>
  createTRPCClient<ContractRouter<typeof shop>>({ links: [httpLink({ url: `http://127.0.0.1:${port}/rpc/shop.v3` })] })

async function ask(operation: string, input: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: any }> {
  const response = await fetch(`http://127.0.0.1:${mock.port}/rpc/shop.v3/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  })
  return { status: response.status, body: await response.json() }
}

describe('a mock of a contract', () => {
  it('answers a stock client with what the contract promises', async () => {
    const order = await clientOf(mock).getOrder.query({ orderId: 'o-1' })
    expect(Order.parse(order)).toEqual(order)
  })

  it('gives the same answer for the same input, in whatever order its fields come, and another for another', async () => {
    const first = await ask('getOrder', { orderId: 'o-1', deep: true })
    expect(await ask('getOrder', { deep: true, orderId: 'o-1' })).toEqual(first)
    expect(await ask('getOrder', { orderId: 'o-2', deep: true })).not.toEqual(first)
    expect(await clientOf(otherMock).getOrder.query({ orderId: 'o-1', deep: true })).not.toEqual(first.body.result.data)
  })

  it('refuses an input as the service would, naming the field', async () => {
    const { status, body } = await ask('getOrder', { orderId: 'o' })
    expect([status, body.error.data.reason, body.error.data.issues[0].path]).toEqual([400, 'invalid_input', ['orderId']])
  })

  it('tells three things of what is followed, the same again, and to who resumes what comes after', async () => {
    const follow = async (input: object): Promise<string> => {
      const url = `http://127.0.0.1:${mock.port}/rpc/shop.v3/watchOrder?input=${encodeURIComponent(JSON.stringify(input))}`
      return (await fetch(url, { headers: { accept: 'text/event-stream' } })).text()
    }
    const idsIn = (text: string): string[] => [...text.matchAll(/^id: (.+)$/gm)].map(([, id = '']) => id)
    const whole = await follow({ orderId: 'o-1' })
    expect(idsIn(whole)).toEqual(['1', '2', '3'])
    const told = [...whole.matchAll(/^data: (\{.*"lines".*\})$/gm)].map(([, data = '']) => JSON.parse(data) as unknown)
    expect(told.map((order) => Order.safeParse(order).success)).toEqual([true, true, true])
    expect(await follow({ orderId: 'o-1' })).toBe(whole)
    expect(idsIn(await follow({ orderId: 'o-1', lastEventId: '2' }))).toEqual(['3'])
  })

  it('asks for a key where the contract does', async () => {
    expect(await ask('placeOrder', { sku: 'TEA' })).toMatchObject({
      status: 400,
      body: { error: { data: { reason: 'idempotency_key_required' } } },
    })
    expect((await ask('placeOrder', { sku: 'TEA' }, { 'idempotency-key': 'k-1' })).status).toBe(200)
  })

  it('answers with the declared error that is asked for, with its data', async () => {
    const notFound = await ask('getOrder', { orderId: 'o-1' }, { 'x-mock-error': 'order_not_found' })
    expect(notFound).toMatchObject({ status: 404, body: { error: { data: { reason: 'order_not_found' } } } })
    expect(z.uuid().safeParse(notFound.body.error.data.details.orderId).success).toBe(true)
    const closed = await ask('getOrder', { orderId: 'o-1' }, { 'x-mock-error': 'closed_today' })
    expect(closed).toMatchObject({ status: 409, body: { error: { data: { reason: 'closed_today' } } } })
  })

  it.each([
    ['getOrder', 'no_such_error', 'it declares order_not_found, closed_today'],
    ['placeOrder', 'order_not_found', 'it declares none'],
  ])('says of %s which errors there are when another is asked for', async (operation, code, said) => {
    const { status, body } = await ask(operation, {}, { 'x-mock-error': code })
    expect([status, body.error.message]).toEqual([400, expect.stringContaining(said)])
  })

  it('says that it lives', async () => {
    const response = await fetch(`http://127.0.0.1:${mock.port}/health/live`)
    expect([response.status, await response.json()]).toEqual([200, { status: 'live' }])
  })
})
