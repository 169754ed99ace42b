import { defineContract, event, failed, mutation, query, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { local, service, settled, staged } from './index.ts'

const reserved = z.object({ reservationId: z.string(), orderId: z.string() })
const stockReserved = event({ version: 1, aggregate: 'reservationId', key: 'orderId', data: reserved })
const stockCounted = event({ version: 1, aggregate: 'sku', key: 'sku', data: z.object({ sku: z.string() }) })

const inventory = defineContract({
  name: 'inventory',
  version: 1,
  operations: {
    reserveStock: mutation({
      input: z.strictObject({ orderId: z.string() }),
      output: z.object({ reservationId: z.string() }),
      errors: { out_of_stock: { status: 'CONFLICT', data: z.object({ sku: z.string() }) }, gone: { status: 'NOT_FOUND' } },
      policy: { access: 'customer', idempotency: 'key' },
      emits: [stockReserved],
    }),
    getStock: query({ input: z.strictObject({ sku: z.string() }), output: z.object({ available: z.int() }), policy: { access: 'open' } }),
  },
  events: { stockReserved, stockCounted },
})

interface Shelves {
  count(sku: string): number
}
interface Provider {
  ask(orderId: string, options: { key: string; signal: AbortSignal }): Promise<'yes' | 'no'>
}
const shelves: Shelves = { count: (sku) => sku.length }

const reserveStock = local(inventory.reserveStock, (_needs: { shelves: Shelves }) => async ({ orderId }, { emit, customer }) => {
  if (customer.roles.includes('guest')) return failed('out_of_stock', { sku: 'TEA' })
  emit(stockReserved, { reservationId: customer.id, orderId })
  // @ts-expect-error stockCounted is not listed under emits
  emit(stockCounted, { sku: 'TEA' })
  return { reservationId: customer.id }
})
const getStock = local(inventory.getStock, ({ shelves }: { shelves: Shelves }) => async ({ sku }) => ({ available: shelves.count(sku) }))
const onReserved = local(
  inventory.events.stockReserved,
  (_needs: { bell: () => void }) =>
    async ({ orderId }) =>
      void orderId,
  { order: 'latest' },
)

describe('a service', () => {
  it('is put together from a handler for each operation and the sum of what they need', () => {
    const definition = service(inventory, {
      operations: { reserveStock, getStock },
      reactions: { onReserved },
      needs: { shelves, bell: () => undefined },
    })
    expect(Object.keys(definition.operations)).toEqual(Object.keys(inventory.operations))
  })

  it('does not compile with a handler missing', () => {
    // @ts-expect-error getStock has no handler
    const definition = service(inventory, { operations: { reserveStock }, needs: { shelves } })
    expect(definition.operations).not.toHaveProperty('getStock')
  })

  it('does not compile with the handler of another operation', () => {
    // @ts-expect-error getStock is not answered by reserveStock
    const definition = service(inventory, { operations: { reserveStock, getStock: reserveStock }, needs: { shelves } })
    expect(definition.operations['getStock']?.operation.name).toBe('reserveStock')
  })

  it('does not compile with a need missing', () => {
    // @ts-expect-error nobody brings the bell
    const definition = service(inventory, { operations: { reserveStock, getStock }, reactions: { onReserved }, needs: { shelves } })
    expect(definition.needs).not.toHaveProperty('bell')
  })
})

describe('a handler', () => {
  it('does not compile with an error the contract does not declare', () => {
    // @ts-expect-error sold_out is not declared
    const handler = local(inventory.reserveStock, () => async () => failed('sold_out'))
    expect(handler.operation.errors).not.toHaveProperty('sold_out')
  })

  it('does not compile with an output field missing', () => {
    // @ts-expect-error reservationId is missing
    const handler = local(inventory.reserveStock, () => async () => ({}))
    expect(handler.operation.output.safeParse({}).success).toBe(false)
  })

  it('does not compile when it reads what the input does not have', () => {
    // @ts-expect-error the input has no colour
    const handler = local(inventory.getStock, () => async ({ colour }) => ({ available: Number(colour) }))
    expect(handler.operation.input.safeParse({ colour: 'red' }).success).toBe(false)
  })

  it('of stages hands on what each stage gives', () => {
    const handler = staged(inventory.reserveStock, ({ provider }: { provider: Provider }) => ({
      open: async ({ orderId }) => (orderId === 'done' ? settled({ reservationId: 'r1' }) : { asked: orderId }),
      effect: ({ asked }, { key, signal }) => provider.ask(asked, { key, signal }),
      complete: async ({ asked }, outcome) => (outcome === 'yes' ? { reservationId: asked } : failed('gone')),
    }))
    expect(handler.shape).toBe('staged')
  })

  it('of stages does not compile when a stage reads what the one before did not give', () => {
    // @ts-expect-error the effect gives text, complete reads a number
    const handler = staged(inventory.reserveStock, () => ({
      effect: async ({ orderId }) => orderId,
      complete: async (_input, outcome: number) => ({ reservationId: String(outcome) }),
    }))
    expect(handler.operation.name).toBe('reserveStock')
  })
})
