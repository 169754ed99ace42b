import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import type { Server } from './stoppable.ts'
import { bank, bankService, bankTables, quietBank } from './testing/bank.ts'
import { Town } from './testing/town.ts'

let town: Town
beforeAll(async () => {
  town = await Town.make({ bank: bankTables })
})
afterAll(() => town[Symbol.asyncDispose]())

const served = async (changes: Record<string, string> = {}): Promise<{ platform: Platform; server: Server }> => {
  const platform = await town.platform(['bank'], changes)
  return { platform, server: await platform.serve(bankService(quietBank())) }
}
const greeted = async ({ host, port }: Server, authorization?: string): Promise<unknown[]> => {
  const response = await fetch(`http://${host}:${port}/rpc/${bank.greet.address}`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
  })
  const { error } = (await response.json()) as { error?: { data: { reason: string } } }
  return [response.status, error?.data.reason]
}

describe('an open operation at its service’s own port', () => {
  it('is answered to whom the gateway or a service vouches for, and to nobody else', async () => {
    const { platform, server } = await served()
    const [gateway, stranger] = await Promise.all([town.identity('gateway'), town.identity('stranger')])
    expect(await greeted(server)).toEqual([401, 'unauthenticated'])
    expect(await greeted(server, 'Bearer anything')).toEqual([401, 'unauthenticated'])
    expect(await greeted(server, `Bearer ${await gateway.tokenFor('cafe', { kind: 'anonymous' })}`)).toEqual([401, 'unauthenticated'])
    expect(await greeted(server, `Bearer ${await gateway.tokenFor('bank', { kind: 'anonymous' })}`)).toEqual([200, undefined])
    expect(await greeted(server, `Bearer ${await stranger.tokenFor('bank')}`)).toEqual([200, undefined])
    await platform.close()
  })

  it('is answered to anybody where its service was told so, and a wrong token is still one', async () => {
    const { platform, server } = await served({ BANK_OPEN_CALLS: 'anybody' })
    expect(await greeted(server)).toEqual([200, undefined])
    expect(await greeted(server, 'Bearer anything')).toEqual([401, 'unauthenticated'])
    await platform.close()
  })
})
