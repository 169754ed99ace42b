import { defineContract, query, z } from '@ashlar/contract'
import { createTelemetry } from '@observability/telemetry'
import { readMetric } from '@observability/telemetry/testing'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { implement } from './implement.ts'

const { parcels: serve } = closedAfterEach()
const asking = { input: z.strictObject({}), output: z.object({}), policy: { access: { services: ['post'] } } } as const
const letters = defineContract({
  name: 'letters',
  version: 1,
  operations: {
    countLetters: query(asking),
    listStamps: query({ ...asking, deprecated: { since: '2026-11-01', sunset: '2027-05-01', use: 'countLetters' } }),
  },
})
const told = {
  deprecation: '@1793491200',
  sunset: 'Sat, 01 May 2027 00:00:00 GMT',
  link: '</rpc/letters.v1/countLetters>; rel="successor-version"',
}
const silent = { deprecation: null, sunset: null, link: null }

describe.each(['own', 'stock'] as const)('an operation that will go, on the %s wire', (wire) => {
  const served = async () => {
    const telemetry = createTelemetry('letters')
    const implementation = { ...implement(letters, { countLetters: async () => ({}), listStamps: async () => ({}) }), telemetry }
    const { url } = await serve({ wire, implementations: [implementation] })
    const ask = async (operation: string, authorization = 'Bearer service:post') => {
      const body = operation.includes('batch') ? '{"0":{},"1":{}}' : '{}'
      const request = { method: 'POST', body, headers: { authorization, 'content-type': 'application/json' } }
      const { status, headers } = await fetch(`${url}/rpc/letters.v1/${operation}`, request)
      return { status, told: { deprecation: headers.get('deprecation'), sunset: headers.get('sunset'), link: headers.get('link') } }
    }
    return { telemetry, ask }
  }

  it('says so with every answer, good or not, and no other operation does', async () => {
    const { ask } = await served()
    expect(await ask('listStamps')).toEqual({ status: 200, told })
    expect(await ask('listStamps', 'Bearer service:bakery')).toEqual({ status: 403, told })
    expect(await ask('countLetters')).toEqual({ status: 200, told: silent })
  })

  it('says so for a batch it is part of', async () => {
    const { ask } = await served()
    expect(await ask('countLetters,listStamps?batch=1')).toEqual({ status: 200, told })
    expect(await ask('countLetters,countLetters?batch=1')).toEqual({ status: 200, told: silent })
  })

  it('is counted by who still uses it', async () => {
    const { ask, telemetry } = await served()
    for (const operation of ['listStamps', 'listStamps', 'countLetters']) await ask(operation)
    const uses = (caller: string, name: string) =>
      readMetric(telemetry, 'rpc_server_deprecated_calls_total', { rpc_method: `letters.v1/${name}`, caller })
    expect(await uses('post', 'listStamps')).toBe(2)
    expect(await uses('post', 'countLetters')).toBeUndefined()
  })
})
