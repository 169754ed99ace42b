import { defineContract, event, mutation, query, z } from '@ashlar/contract'
import type { TransactionContext } from '../handlers.ts'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'

const ofOrder = { aggregate: 'orderId', key: 'orderId' } as const
const policy = { access: { services: ['printer', 'ledger'] }, idempotency: 'key' } as const
const reading = { access: { services: ['printer', 'ledger'] } } as const
const byId = z.strictObject({ orderId: z.string() })
const OrderV1 = z.object({ orderId: z.string(), sku: z.string(), cents: z.int() })
const Price = z.object({ amountMinor: z.int(), currency: z.enum(['EUR', 'GBP']) })
const Order = z.object({ orderId: z.string(), sku: z.string(), price: Price })

/** As it was before anybody thought of a second currency. */
export const orderPlacedV1 = event({ version: 1, ...ofOrder, data: OrderV1 })

/** An order was placed, in the currency of its price. */
export const orderPlaced = event({
  version: 2,
  ...ofOrder,
  data: Order,
  previous: {
    event: orderPlacedV1,
    upcast: ({ cents, ...order }) => ({ ...order, price: { amountMinor: cents, currency: 'EUR' } }),
    downcast: ({ price, ...order }) => ({ ...order, cents: price.amountMinor }),
  },
})

const askedV1 = {
  placeOrder: { input: z.strictObject({ sku: z.string(), cents: z.int() }), output: OrderV1, policy },
  getOrder: { input: byId, output: OrderV1.nullable(), policy: reading },
} as const

/** What was promised when there was one major only; who was built then knows no more. */
export const ordersAtFirst = defineContract({
  name: 'orders',
  version: 1,
  operations: {
    placeOrder: mutation({ ...askedV1.placeOrder, emits: [orderPlacedV1] }),
    getOrder: query(askedV1.getOrder),
  },
  events: { orderPlaced: orderPlacedV1 },
})

/** The first major today: the same operations for those who call them, and an event that was cut anew. */
export const ordersV1 = defineContract({
  name: 'orders',
  version: 1,
  operations: {
    placeOrder: mutation({ ...askedV1.placeOrder, emits: [orderPlaced] }),
    getOrder: query(askedV1.getOrder),
  },
  events: { orderPlaced },
})

/** The second major: prices have a currency. */
export const ordersV2 = defineContract({
  name: 'orders',
  version: 2,
  operations: {
    placeOrder: mutation({ input: Order.omit({ orderId: true }).strict(), output: Order, policy, emits: [orderPlaced] }),
    getOrder: query({ input: byId, output: Order.nullable(), policy: reading }),
  },
  events: { orderPlaced },
})

export const ordersTables = `create table orders (order_id text primary key, sku text not null, amount integer not null, currency text not null)`

type Order = z.output<typeof Order>
type Placing = Pick<TransactionContext<typeof ordersV2.placeOrder>, 'tx' | 'emit' | 'stepKey'>
type Reading = Pick<TransactionContext<typeof ordersV2.getOrder>, 'tx'>

async function place({ sku, price }: Omit<Order, 'orderId'>, { tx, emit, stepKey }: Placing): Promise<Order> {
  const order = { orderId: stepKey, sku, price }
  await tx.query('insert into orders (order_id, sku, amount, currency) values ($1, $2, $3, $4)', [
    stepKey,
    sku,
    price.amountMinor,
    price.currency,
  ])
  emit(orderPlaced, order)
  return order
}

async function find(orderId: string, { tx }: Reading): Promise<Order | null> {
  const [row] = await tx.query<{ sku: string; amount: number; currency: 'EUR' | 'GBP' }>(
    'select sku, amount, currency from orders where order_id = $1',
    [orderId],
  )
  return row === undefined ? null : { orderId, sku: row.sku, price: { amountMinor: row.amount, currency: row.currency } }
}

const asV1 = ({ price, ...order }: Order): z.output<typeof OrderV1> => ({ ...order, cents: price.amountMinor })

/** The second major and its domain. */
export function ordersV2Service(): ServiceDefinition {
  return service(ordersV2, {
    operations: {
      placeOrder: local(ordersV2.placeOrder, () => place),
      getOrder: local(
        ordersV2.getOrder,
        () =>
          ({ orderId }, context) =>
            find(orderId, context),
      ),
    },
    needs: {},
  })
}

/** The first major, kept by the code of the second. */
export function ordersV1Service(): ServiceDefinition {
  return service(ordersV1, {
    operations: {
      placeOrder: local(ordersV1.placeOrder, () => async ({ sku, cents }, context) => {
        const order = await place({ sku, price: { amountMinor: cents, currency: 'EUR' } }, context)
        return asV1(order)
      }),
      getOrder: local(ordersV1.getOrder, () => async ({ orderId }, context) => {
        const order = await find(orderId, context)
        return order && asV1(order)
      }),
    },
    needs: {},
  })
}

/** The service as it was when there was one major only. */
export function ordersAtFirstService(): ServiceDefinition {
  return service(ordersAtFirst, {
    operations: {
      placeOrder: local(ordersAtFirst.placeOrder, () => async ({ sku, cents }, { tx, emit, stepKey }) => {
        await tx.query('insert into orders (order_id, sku, amount, currency) values ($1, $2, $3, $4)', [stepKey, sku, cents, 'EUR'])
        const order = { orderId: stepKey, sku, cents }
        emit(orderPlacedV1, order)
        return order
      }),
      getOrder: local(ordersAtFirst.getOrder, () => async ({ orderId }, context) => {
        const order = await find(orderId, context)
        return order && asV1(order)
      }),
    },
    needs: {},
  })
}
