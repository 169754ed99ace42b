import { defineContract, event, mutation, query, z, type ContractOf } from '../src/index.ts'

const stockReserved = event({
  version: 1,
  aggregate: 'reservationId',
  key: 'orderId',
  data: z.object({ reservationId: z.string(), orderId: z.string() }),
})

const reserveStock = mutation({
  input: z.strictObject({ orderId: z.string(), quantity: z.int().default(1) }),
  output: z.object({ reservationId: z.string() }),
  errors: { out_of_stock: { status: 'CONFLICT', data: z.object({ sku: z.string() }) }, gone: { status: 'NOT_FOUND' } },
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
  emits: [stockReserved],
})

const getStock = query({
  input: z.strictObject({ sku: z.string() }),
  output: z.object({ available: z.int() }),
  policy: { access: 'open' },
})

/** A small contract for type tests. */
export const inventory = defineContract({
  name: 'inventory',
  version: 1,
  operations: { reserveStock, getStock },
  events: { stockReserved },
})
export interface Inventory extends ContractOf<typeof inventory> {}
