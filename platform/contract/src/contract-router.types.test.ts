import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { inventory, type Inventory } from '../test/inventory.ts'
import { answeredBy, stockGateway, stockRouter } from '../test/stock-trpc.ts'
import { defineContract, subscription, z, type ContractRouter, type GatewayRouter } from './index.ts'

const url = 'http://shop.test/trpc'
const pots = defineContract({
  name: 'pots',
  version: 1,
  operations: {
    watchPot: subscription({
      input: z.strictObject({ potId: z.string() }),
      output: z.object({ cups: z.int() }),
      policy: { access: 'open' },
    }),
  },
})
const answers = {
  getStock: ({ sku }: { sku: string }) => ({ available: sku.length }),
  reserveStock: ({ orderId, quantity }: { orderId: string; quantity: number }) => ({ reservationId: `${orderId}/${quantity}` }),
}

describe('a plain tRPC client', () => {
  it('of one contract knows its inputs and outputs', async () => {
    const client = createTRPCClient<ContractRouter<Inventory>>({
      links: [httpLink({ url, fetch: answeredBy(stockRouter(inventory, answers)) })],
    })
    const stock: { available: number } = await client.getStock.query({ sku: 'TEA' })
    expect(stock.available).toBe(3)
    // A default makes a field optional for the caller only.
    const reserved: { reservationId: string } = await client.reserveStock.mutate({ orderId: 'o1' })
    expect(reserved.reservationId).toBe('o1/1')
  })

  it('of the gateway knows every contract by its name', async () => {
    const router = stockGateway({ inventory: stockRouter(inventory, answers) })
    const client = createTRPCClient<GatewayRouter<{ inventory: Inventory }>>({ links: [httpLink({ url, fetch: answeredBy(router) })] })
    const stock: { available: number } = await client.inventory.getStock.query({ sku: 'SUGAR' })
    expect(stock.available).toBe(5)
  })

  it('does not compile with a wrong input, an unknown operation or the wrong verb, and is refused by the server', async () => {
    const client = createTRPCClient<ContractRouter<Inventory>>({
      links: [httpLink({ url, fetch: answeredBy(stockRouter(inventory, answers)) })],
    })
    // @ts-expect-error sku is text
    await expect(client.getStock.query({ sku: 1 })).rejects.toThrow('expected string')
    // @ts-expect-error sku is required
    await expect(client.getStock.query({})).rejects.toThrow('expected string')
    // @ts-expect-error the contract has no such operation
    await expect(client.countStock.query({ sku: 'TEA' })).rejects.toThrow('countStock')
    // @ts-expect-error a mutation is not queried
    await expect(client.reserveStock.query({ orderId: 'o1' })).rejects.toThrow('procedure')
  })

  it('of a subscription is given items under their ids', () => {
    const { watchPot } = createTRPCClient<ContractRouter<typeof pots>>({ links: [] })
    const follow = () =>
      watchPot.subscribe(
        { potId: 'p1' },
        {
          onData: ({ id, data }) => {
            const seen: [string, number] = [id, data.cups]
            // @ts-expect-error cups are a number
            const cups: string = data.cups
            return [seen, cups]
          },
        },
      )
    // @ts-expect-error a subscription is not queried
    const query = () => watchPot.query({ potId: 'p1' })
    expect([follow, query]).toHaveLength(2)
  })

  it('does not compile where an output is read as something else', async () => {
    const client = createTRPCClient<ContractRouter<Inventory>>({
      links: [httpLink({ url, fetch: answeredBy(stockRouter(inventory, answers)) })],
    })
    // @ts-expect-error available is a number
    const available: string = (await client.getStock.query({ sku: 'TEA' })).available
    expect(available).toBe(3)
  })

  it('tells declared errors apart by their reason, each with its own data', () => {
    const told = (error: TRPCClientError<ContractRouter<Inventory>>) => {
      switch (error.data?.reason) {
        case 'out_of_stock':
          return `no ${error.data.details.sku.toUpperCase()}`
        case 'invalid_input':
          // @ts-expect-error the platform's own reasons carry no details
          return error.data.details.sku ?? error.data.issues?.[0]?.path.join('.')
        // @ts-expect-error neither the contract nor the platform has such a reason
        case 'sold_out':
          return 'never'
        default:
          return error.message
      }
    }
    const data = { code: 'CONFLICT', httpStatus: 409, reason: 'out_of_stock', details: { sku: 'tea' } }
    const error = TRPCClientError.from<ContractRouter<Inventory>>({ error: { message: 'refused', code: -32009, data } } as never)
    expect(told(error)).toBe('no TEA')
  })
})
