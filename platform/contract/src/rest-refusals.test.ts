import { describe, expect, it } from 'vitest'
import { refusal, refusalsOf } from '../test/refusals-of.ts'
import { asking } from '../test/spoilt.ts'
import { query, z, type ContractProblem } from './index.ts'

describe('a contract is refused', () => {
  const cases: [why: string, definition: object, problem: ContractProblem][] = [
    [
      'with a route for services only',
      asking({ policy: { access: { services: ['orders'] } }, rest: { method: 'POST', path: '/v1/orders' } }),
      refusal('operations.ask.rest', 'do not come through the gateway', 'leave rest out'),
    ],
    [
      'with a GET that changes something',
      asking({ input: z.strictObject({}), rest: { method: 'GET', path: '/v1/a' } }),
      refusal('operations.ask.rest.method', 'GET changes nothing', 'POST'),
    ],
    [
      'with an event stream that is posted for',
      asking({ rest: { method: 'POST', path: '/v1/a' } }, 'subscription'),
      refusal('operations.ask.rest.method', 'nobody opens an event stream by POST', 'use GET'),
    ],
    [
      'with an event stream that is accepted',
      asking({ input: z.strictObject({}), rest: { method: 'GET', path: '/v1/a', status: 202 } }, 'subscription'),
      refusal('operations.ask.rest.status', 'not answered with 202', 'leave it out'),
    ],
    [
      'with a subscription that says itself where it resumes',
      asking({ input: z.strictObject({ lastEventId: z.string() }) }, 'subscription'),
      refusal('operations.ask.input.lastEventId', 'this name is taken', 'leave it out'),
    ],
    [
      'with a subscription without named fields',
      asking({ input: z.string() }, 'subscription'),
      refusal('operations.ask.input', 'asked for by named fields', 'z.strictObject'),
    ],
    [
      'with a route to nowhere in the input',
      asking({ rest: { method: 'POST', path: '/v1/a/{id}' } }),
      refusal('operations.ask.rest.path', '{id} is not a required string', 'declare id'),
    ],
    [
      'with a list in the path',
      asking({ rest: { method: 'POST', path: '/v1/a/{lines}' } }),
      refusal('operations.ask.rest.path', '{lines} is not', 'declare lines'),
    ],
    [
      'with an optional field in the path',
      asking({ input: z.strictObject({ id: z.string().optional() }), rest: { method: 'POST', path: '/v1/a/{id}' } }),
      refusal('operations.ask.rest.path', '{id} is not', 'cannot be left out'),
    ],
    [
      'with a path field that one option lacks',
      asking({
        input: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), id: z.string() }), z.object({ kind: z.literal('b') })]),
        rest: { method: 'POST', path: '/v1/a/{id}' },
      }),
      refusal('operations.ask.rest.path', '{id} is not', 'declare id'),
    ],
    [
      'with a field twice in the path',
      asking({ rest: { method: 'POST', path: '/v1/{orderId}/{orderId}' } }),
      refusal('operations.ask.rest.path', 'stands twice', 'one place'),
    ],
    [
      'with a path that cannot be routed',
      asking({ rest: { method: 'POST', path: '/v1/Orders/' } }),
      refusal('operations.ask.rest.path', 'is not a path', '/v1/orders/{orderId}'),
    ],
    [
      "with one of the gateway's own paths",
      asking({ rest: { method: 'POST', path: '/health/live' } }),
      refusal('operations.ask.rest.path', 'belongs to the gateway', '/v1'),
    ],
    [
      'with a bad answer as the good one',
      asking({ rest: { method: 'POST', path: '/v1/a', status: 404 } }),
      refusal('operations.ask.rest.status', '404', '202'),
    ],
    [
      'with a route and an input without names',
      asking({ input: z.string(), rest: { method: 'POST', path: '/v1/a' } }),
      refusal('operations.ask.input', 'named fields', 'z.strictObject'),
    ],
    [
      'with a GET that carries an object',
      asking({ input: z.strictObject({ filter: z.strictObject({}).optional() }), rest: { method: 'GET', path: '/v1/a' } }, 'query'),
      refusal('operations.ask.input.filter', 'query string', 'another method'),
    ],
  ]
  it.each(cases)('%s', (_why, definition, problem) => {
    expect(refusalsOf(definition)).toEqual([problem])
  })

  it('when two operations claim one route, whatever they call its fields', () => {
    const one = query({
      input: z.strictObject({ orderId: z.string() }),
      output: z.object({}),
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/orders/{orderId}' },
    })
    const two = query({
      input: z.strictObject({ id: z.string() }),
      output: z.object({}),
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/orders/{id}' },
    })
    expect(refusalsOf({ operations: { getOrder: one, showOrder: two } })).toEqual([
      {
        path: 'operations.showOrder.rest',
        problem: 'getOrder has the route GET /v1/orders/{id} already',
        hint: expect.stringContaining('another path'),
      },
    ])
  })
})
