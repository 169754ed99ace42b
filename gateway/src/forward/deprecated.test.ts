import { defineContract, query, z, type Deprecation } from '@ashlar/contract'
import { implement } from '@ashlar/rpc'
import { afterAll, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround } from '../testing/ground.ts'

const asking = { input: z.strictObject({ teaId: z.string() }), output: z.object({}), policy: { access: 'open' } } as const
const going = (use: string): Deprecation => ({ since: '2026-11-01', sunset: '2027-05-01', use })
const teas = defineContract({
  name: 'teas',
  version: 1,
  operations: {
    getTea: query({ ...asking, rest: { method: 'GET', path: '/v1/teas/{teaId}' } }),
    findTea: query({ ...asking, rest: { method: 'GET', path: '/v1/finds/{teaId}' }, deprecated: going('getTea') }),
    smellTea: query({ ...asking, rest: { method: 'GET', path: '/v1/smells/{teaId}' }, deprecated: going('sniffTea') }),
    sniffTea: query(asking),
  },
})
const nothing = async () => ({})
const kept = implement(teas, { getTea: nothing, findTea: nothing, smellTea: nothing, sniffTea: nothing })
const ground = await openGround({ contracts: [teas], teas: kept })
afterAll(() => ground[Symbol.asyncDispose]())

const toldAt = async (path: string) => {
  const { status, headers } = await ask(ground.url, path)
  return [status, headers['deprecation'], headers['sunset'], headers['link']]
}
const [since, sunset] = ['@1793491200', 'Sat, 01 May 2027 00:00:00 GMT']

it('tells REST callers that an operation will go, and the address of what replaces it', async () => {
  expect(await toldAt('/v1/finds/earl%20grey')).toEqual([200, since, sunset, '</v1/teas/earl%20grey>; rel="successor-version"'])
})

it('names no successor that has no address', async () => {
  expect(await toldAt('/v1/smells/assam')).toEqual([200, since, sunset, undefined])
})

it('tells typed clients, also in a batch', async () => {
  const input = encodeURIComponent('{"teaId":"assam"}')
  const inputs = encodeURIComponent('{"0":{"teaId":"assam"},"1":{"teaId":"assam"}}')
  const link = '</trpc/teas_v1.getTea>; rel="successor-version"'
  expect(await toldAt(`/trpc/teas.findTea?input=${input}`)).toEqual([200, since, sunset, link])
  expect(await toldAt(`/trpc/teas.getTea,teas.findTea?batch=1&input=${inputs}`)).toEqual([200, since, sunset, link])
})

it('says nothing of operations that stay', async () => {
  expect(await toldAt('/v1/teas/assam')).toEqual([200, undefined, undefined, undefined])
})
