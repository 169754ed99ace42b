import { describe, expect, it } from 'vitest'
import { pathsOf, refusal, refusalsOf } from '../test/refusals-of.ts'
import { asking, orderPlaced, promise } from '../test/spoilt.ts'
import { ContractRefusedError, defineContract, mutation, query, z, type ContractProblem } from './index.ts'

describe('a contract is refused', () => {
  const cases: [why: string, definition: object, problem: ContractProblem][] = [
    ['without an input', asking({ input: undefined }), refusal('operations.ask.input', 'a schema is missing', 'z.strictObject({})')],
    ['without an output', asking({ output: undefined }), refusal('operations.ask.output', 'a schema is missing', 'z.strictObject({})')],
    [
      'with a plain object for an output',
      asking({ output: { id: 'string' } }),
      refusal('operations.ask.output', 'a schema is missing', 'say the shape with z'),
    ],
    [
      'with an input that may be left out',
      asking({ input: promise.input.optional() }),
      refusal('operations.ask.input', 'only a field of an object', 'nullable'),
    ],
    [
      'with error data that is not JSON',
      asking({ errors: { gone: { status: 'CONFLICT', data: z.date() } } }),
      refusal('operations.ask.errors.gone.data', 'Date', 'z.iso'),
    ],
    [
      'with an error of unknown status',
      asking({ errors: { gone: { status: 'TEAPOT' } } }),
      refusal('operations.ask.errors.gone.status', '"TEAPOT"', 'CONFLICT'),
    ],
    ['when it has version 1.5', { version: 1.5 }, refusal('version', '1.5 is no version', 'from 1')],
  ]
  it.each(cases)('%s', (_why, definition, problem) => {
    expect(refusalsOf(definition)).toEqual([problem])
  })

  it('with every problem at once, in words to act on', () => {
    const operations = {
      Bad: mutation({ input: z.object({ at: z.date(), n: z.bigint() }), output: z.void(), policy: { access: { services: [] } } }),
    }
    expect(pathsOf({ name: 'dlq', version: 0, operations })).toEqual([
      'name',
      'version',
      'operations.Bad',
      'operations.Bad.input.at',
      'operations.Bad.input.n',
      'operations.Bad.output',
      'operations.Bad.policy.access.services',
    ])
    expect(() => defineContract({ name: 'dlq', version: 1, operations })).toThrow(ContractRefusedError)
    expect(() => defineContract({ name: 'dlq', version: 1, operations })).toThrow(
      'contract dlq is refused:\n  name: the name "dlq" is taken: the platform uses it itself; choose another word\n',
    )
  })
})

describe('a contract is accepted', () => {
  it('and binds what it promises to its name', () => {
    const placeOrder = mutation({
      ...promise,
      errors: { unknown_product: { status: 'NOT_FOUND', data: z.object({ sku: z.string() }) } },
      policy: { access: 'customer', idempotency: 'key' },
      emits: [orderPlaced],
      rest: { method: 'POST', path: '/v1/orders/{orderId}', status: 202 },
    })
    const getOrders = query({
      input: z.strictObject({
        status: z.enum(['placed', 'paid']).optional(),
        tags: z.array(z.string()).default([]),
        limit: z.int().nullish(),
      }),
      output: z.object({}),
      policy: { access: { roles: ['clerk'] } },
      rest: { method: 'GET', path: '/v1/orders' },
    })
    const orders = defineContract({ name: 'orders', version: 2, operations: { placeOrder, getOrders }, events: { orderPlaced } })
    expect(orders.placeOrder.address).toBe('orders.v2/placeOrder')
    expect(orders.events.orderPlaced.type).toBe('orders.order-placed.v1')
    expect(orders.operations.getOrders).toBe(orders.getOrders)
  })
})
