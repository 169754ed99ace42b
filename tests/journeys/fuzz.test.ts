import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { readRows } from '@deploy/local'
import { describe, expect, it } from 'vitest'
import { openShop } from '../harness/open-shop.ts'
import { repository } from '../harness/shop.ts'

const shop = await openShop()
// what the shop knows, so that orders are really placed, priced, charged and sent
const given = 'sku=TEA-EARL-GREY,country=GB,token=tok_visa,category=tea'

async function fuzz(contract: string, ...options: readonly string[]): Promise<{ code: number | null; said: string }> {
  const words = ['fuzz', contract, ...options, '--keys', join(shop.system.folder, 'keys'), '--given', given]
  const child = spawn(process.execPath, [join(repository, 'tools/ashlar/src/main.ts'), ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>])
  return { code, said }
}

/** Every answer was given, and kept the contract. */
const nothingFound = {
  code: 0,
  said: expect.stringMatching(/^(?!.*(?:unavailable|deadline_exceeded|too_many_requests)).*every answer keeps the contract\n$/s) as string,
}

describe('inputs made from the contract', () => {
  it.each(['catalogue', 'notifications', 'orders', 'users'])('find nothing at the door that breaks %s', async (contract) => {
    expect(await fuzz(contract, shop.url, '--face', 'rest', '--runs', '6', '--seed', 'door')).toEqual(nothingFound)
  })

  it('leave every order they placed at an end, and the books even', async () => {
    const [placed] = await readRows<{ orders: number }>(await shop.databaseUrl('orders'), 'select count(*)::int as orders from orders')
    expect(placed?.orders).toBeGreaterThan(0)
    await expect(shop).toBalance()
  })

  // from here on the books are not even: whoever may ask a service itself may charge for orders that nobody placed
  it.each(['catalogue', 'inventory', 'notifications', 'orders', 'payments', 'shipping', 'users'])(
    'find nothing in %s that breaks it',
    async (service) => {
      expect(await fuzz(service, shop.addressOf(service), '--runs', '6')).toEqual(nothingFound)
    },
  )
})
