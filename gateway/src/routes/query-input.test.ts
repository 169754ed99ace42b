import { defineContract, query, z, type AnyBoundOperation } from '@ashlar/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'
import { teas } from '../testing/tea-house.ts'
import { compileQueryReader } from './query-input.ts'

const Strength = z.int().meta({ id: 'Strength' })
const searching = defineContract({
  name: 'searching',
  version: 1,
  operations: {
    search: query({
      input: z.strictObject({
        shelf: z.string(),
        words: z.string().optional(),
        atMost: z.number().nullable().optional(),
        strength: Strength.default(3),
        isFresh: z.boolean().optional(),
        colour: z.enum(['green', 'black']).optional(),
        strengths: z.array(Strength).optional(),
        size: z.literal(250).optional(),
      }),
      output: z.object({}),
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/shelves/{shelf}' },
    }),
  },
})
const reads = (operation: AnyBoundOperation, text: string) => compileQueryReader(operation)(new URLSearchParams(text))
const { search } = searching.operations

describe('a query string', () => {
  it.each([
    ['words=earl+grey', { words: 'earl grey' }],
    ['words=7', { words: '7' }],
    ['atMost=7.5', { atMost: 7.5 }],
    ['strength=-2', { strength: -2 }],
    ['isFresh=false', { isFresh: false }],
    ['colour=green', { colour: 'green' }],
    ['strengths=1&strengths=2', { strengths: [1, 2] }],
    ['size=250', { size: 250 }],
    ['', {}],
  ])('is read as the contract’s types: %s', (text, fields) => {
    expect(reads(search, text)).toEqual({ fields, issues: [] })
  })

  it.each([
    ['strength=strong', { strength: 'strong' }],
    ['strength=1e3', { strength: '1e3' }],
    ['strength=', { strength: '' }],
    [`strength=${'9'.repeat(30)}`, { strength: '9'.repeat(30) }],
    ['isFresh=yes', { isFresh: 'yes' }],
  ])('leaves what does not fit for the contract to refuse: %s', (text, fields) => {
    expect(reads(search, text)).toEqual({ fields, issues: [] })
  })

  it.each([
    ['unknown=1', 'unknown', 'no such parameter'],
    ['__proto__=1', '__proto__', 'no such parameter'],
    ['words=a&words=b', 'words', 'given more than once'],
    ['shelf=another', 'shelf', 'no such parameter'],
    ['words=a%00b', 'words', 'holds the character NUL (U+0000), which is not accepted'],
  ])('finds fault with %s', (text, name, message) => {
    expect(reads(search, text).issues).toEqual([{ path: [name], message }])
  })

  it('carries nothing of a request that has a body', () => {
    expect(reads(teas.operations.reviewTea, 'words=fine').issues).toEqual([{ path: ['words'], message: 'no such parameter' }])
  })
})

describe('an address', () => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround()
  })
  afterAll(() => ground[Symbol.asyncDispose]())

  it('gives its input to the service as JSON', async () => {
    const { body } = await ask(ground.url, '/v1/teas?search=earl%20grey%26co&limit=5&fresh=true&strengths=1&strengths=2')
    expect(JSON.parse(body.asked)).toEqual({ search: 'earl grey&co', limit: 5, fresh: true, strengths: [1, 2] })
  })

  it.each([
    ['/v1/teas/caf%C3%A9', 'café'],
    ['/v1/teas/earl%20grey', 'earl grey'],
    ['/v1/teas/a+b', 'a+b'],
    ['/v1/teas/a%2Bb', 'a+b'],
    ['/v1/teas/a:b@c,d', 'a:b@c,d'],
    ['/v1/teas/%E8%8C%B6', '茶'],
    ['/v1/teas/__proto__', '__proto__'],
  ])('is decoded once: %s', async (path, teaId) => {
    expect((await ask(ground.url, path)).body).toEqual({ teaId })
  })

  it('says a field in one place only', async () => {
    const token = await ground.tokenFor('ada')
    const { status, body } = await ask(ground.url, '/v1/teas/assam/brews', {
      method: 'POST',
      token,
      headers: { 'idempotency-key': 'k-1' },
      body: { cups: 1, teaId: 'darjeeling' },
    })
    expect(status).toBe(400)
    expect(body.issues).toEqual([{ path: ['teaId'], message: 'is part of the address: leave it out of the body' }])
    expect((await ask(ground.url, '/v1/teas/assam?teaId=darjeeling')).status).toBe(400)
  })
})
