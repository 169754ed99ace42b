import { defineContract, mutation, query, z, type AnyContract } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { readTarget } from '../http/canonical-target.ts'
import { startGateway } from '../gateway.ts'
import { GatewayConfig } from '../config.ts'
import { cups, teas } from '../testing/tea-house.ts'
import { compileRoutes, RouteRefusedError } from './compile-routes.ts'

const routes = compileRoutes([teas, cups])
const matched = (method: string, path: string) => routes.match(method, readTarget(path))

function contractOf(version: number, names: readonly string[]): AnyContract {
  const operation = (name: string) =>
    query({
      input: z.strictObject({}),
      output: z.object({}),
      policy: { access: 'open' },
      rest: { method: 'GET', path: `/v${version}/${name.toLowerCase()}` },
    })
  return defineContract({ name: 'shelf', version, operations: Object.fromEntries(names.map((name) => [name, operation(name)])) })
}

describe('routes compiled from contracts', () => {
  it('lead an address to its operation, with what the address says', () => {
    expect(matched('POST', '/v1/teas/assam/brews')).toMatchObject({
      kind: 'found',
      route: { status: 202, operation: { address: 'teas.v1/brewTea' } },
      parameters: { teaId: 'assam' },
    })
    expect(matched('HEAD', '/v1/teas/assam')).toMatchObject({ kind: 'found', route: { operation: { address: 'teas.v1/getTea' } } })
  })

  it('prefer a word to a parameter', () => {
    expect(matched('GET', '/v1/cups/mine')).toMatchObject({ route: { operation: { address: 'cups.v1/findMyCup' } } })
  })

  it('tell a wrong method from a wrong address', () => {
    expect(matched('PUT', '/v1/teas/assam')).toEqual({ kind: 'wrong-method', allow: 'GET, HEAD, DELETE' })
    expect(matched('GET', '/v1/teas/assam/brews')).toEqual({ kind: 'wrong-method', allow: 'POST' })
    expect(matched('GET', '/v1/coffees')).toEqual({ kind: 'not-found' })
  })

  it('show nothing that only services may call', () => {
    expect(routes.named('teas.restock')).toBeUndefined()
    expect(routes.named('teas_v1.restock')).toBeUndefined()
    expect(routes.named('teas.getTea')?.address).toBe('teas.v1/getTea')
  })

  it('give the plain name to the newest major, and keep the older by number', () => {
    const both = compileRoutes([contractOf(2, ['listBooks']), contractOf(1, ['listBooks', 'listScrolls'])])
    expect(both.named('shelf.listBooks')?.address).toBe('shelf.v2/listBooks')
    expect(both.named('shelf_v1.listBooks')?.address).toBe('shelf.v1/listBooks')
    expect(both.named('shelf.listScrolls')).toBeUndefined()
    expect(both.named('shelf_v1.listScrolls')?.address).toBe('shelf.v1/listScrolls')
    for (const version of [1, 2])
      expect(both.match('GET', readTarget(`/v${version}/listbooks`))).toMatchObject({
        route: { operation: { address: `shelf.v${version}/listBooks` } },
      })
  })

  it.each(['__proto__', 'constructor', 'toString', 'teas.constructor', ''])('know no operation called %j', (name) => {
    expect(routes.named(name)).toBeUndefined()
  })
})

describe('contracts the gateway cannot decide about', () => {
  const getBook = { ...contractOf(1, ['listBooks']).operations['listBooks'], policy: {} }
  const undecided = { ...contractOf(1, ['listBooks']), operations: { getBook } } as unknown as AnyContract

  it('are named, with what is missing', () => {
    expect(() => compileRoutes([teas, undecided])).toThrow(RouteRefusedError)
    expect(() => compileRoutes([teas, undecided])).toThrow('shelf.v1/listBooks says nothing about access')
  })

  it('keep it from starting', async () => {
    const config = GatewayConfig.parse({ REGISTRY_URL: 'file:///nowhere', PUBLIC_KEYS_FILE: 'none', GATEWAY_KEY_FILE: 'none' })
    await expect(startGateway(config, [undecided])).rejects.toThrow(RouteRefusedError)
  })

  it('may not claim one address twice', () => {
    const rival = defineContract({
      name: 'rival',
      version: 1,
      operations: {
        addTea: mutation({
          input: z.strictObject({}),
          output: z.object({}),
          policy: { access: 'open' },
          rest: { method: 'POST', path: '/v1/teas' },
        }),
      },
    })
    expect(() => compileRoutes([teas, rival])).toThrow('rival.v1/addTea cannot have POST /v1/teas')
  })
})
