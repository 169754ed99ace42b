import { defineContract, mutation, query, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { restFace } from './rest-face.ts'

const { listTeas, brewTea, countCups } = defineContract({
  name: 'teas',
  version: 1,
  operations: {
    listTeas: query({
      input: z.strictObject({
        search: z.string().optional(),
        limit: z.int().max(9).optional(),
        kinds: z.array(z.enum(['green', 'black'])).optional(),
      }),
      output: z.object({}),
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/teas' },
    }),
    brewTea: mutation({
      input: z.strictObject({ teaId: z.string(), cups: z.int() }),
      output: z.object({}),
      policy: { access: 'open' },
      rest: { method: 'POST', path: '/v1/teas/{teaId}/brews', status: 202 },
    }),
    countCups: query({ input: z.strictObject({}), output: z.object({}), policy: { access: 'open' } }),
  },
})
const right = (input: unknown) => ({ about: 'right', input, wrongAt: undefined })
const wrong = (input: unknown, ...wrongAt: (string | number)[]) => ({ about: 'wrong', input, wrongAt })

describe('a REST request', () => {
  it('puts fields into path and body', () => {
    expect(restFace.requestOf(brewTea, right({ teaId: 'assam', cups: 2 }))).toEqual({
      method: 'POST',
      target: '/v1/teas/assam/brews',
      headers: { 'content-type': 'application/json' },
      body: '{"cups":2}',
    })
    expect(restFace.okStatus(brewTea)).toBe(202)
  })

  it('puts the fields of a GET into the query, lists one by one', () => {
    expect(restFace.requestOf(listTeas, right({ search: 'earl grey', kinds: ['green', 'black'] }))?.target).toBe(
      '/v1/teas?search=earl+grey&kinds=green&kinds=black',
    )
    expect(restFace.requestOf(listTeas, right({}))?.target).toBe('/v1/teas')
  })

  it('still says what is wrong there, and only then', () => {
    expect(restFace.requestOf(listTeas, wrong({ limit: 10 }, 'limit'))?.target).toBe('/v1/teas?limit=10')
    expect(restFace.requestOf(listTeas, wrong({ limit: 'many' }, 'limit'))?.target).toBe('/v1/teas?limit=many')
    expect(restFace.requestOf(listTeas, wrong({ kinds: ['green', 'red'] }, 'kinds', 1))?.target).toBe('/v1/teas?kinds=green&kinds=red')
    // as text it is right
    expect(restFace.requestOf(listTeas, wrong({ search: 7.5 }, 'search'))).toBeUndefined()
  })

  it.each([
    ['an operation without a route', countCups, right({})],
    ['what is no object', brewTea, wrong([])],
    ['a part of the path that is missing', brewTea, wrong({ cups: 2 }, 'teaId')],
    ['a part of the path that is read in two ways', brewTea, right({ teaId: 'a/b', cups: 2 })],
    ['null in a query', listTeas, wrong({ limit: null }, 'limit')],
    ['an empty list in a query', listTeas, right({ kinds: [] })],
  ])('cannot say %s', (_what, operation, one) => {
    expect(restFace.requestOf(operation, one)).toBeUndefined()
  })
})

describe('a REST answer', () => {
  const problem = { type: 'urn:x', title: 'Not Found', status: 404, code: 'tea_not_found', detail: 'x', traceId: 't', data: { teaId: 'x' } }

  it.each([
    [200, '{"teas":3}', { kind: 'value', value: { teas: 3 } }],
    [204, '', { kind: 'nothing' }],
    [404, JSON.stringify(problem), { kind: 'refusal', reason: 'tea_not_found', details: { teaId: 'x' }, issues: [] }],
    [204, '{}', { kind: 'unreadable', why: 'a 204 has a body' }],
    [409, JSON.stringify(problem), { kind: 'unreadable', why: 'it says 404 and came with 409' }],
    [404, '{"error":"no"}', { kind: 'unreadable', why: 'it is no problem document' }],
    [500, '<h1>sorry</h1>', { kind: 'unreadable', why: 'it is not JSON' }],
  ])('of %i %s is read', (status, text, said) => {
    expect(restFace.read({ status, text })).toEqual(said)
  })
})
