import { randomUUID } from 'node:crypto'
import type { Principal } from '@ashlar/security'
import type { MakeState } from '@ashlar/testing/pact'
import { decodeJwt } from 'jose'
import { ask, askFor, type Customer, type PlacedOrder, type StartedShop } from '../harness/index.ts'
import type { Counterpart } from './counterpart.ts'
import { eventually } from './eventually.ts'

/** What the states of one shop have brought about last. */
export interface World {
  caller: Principal
  customer: Customer | undefined
  orderId: string | undefined
}

type States = Readonly<Record<string, MakeState>>

/** Everything consumers ask to be so, made so through the shop's own doors. */
export function statesOf(shop: StartedShop, counterpart: Counterpart): { states: States; world: World } {
  const world: World = { caller: { kind: 'anonymous' }, customer: undefined, orderId: undefined }
  const states = { ...callers(shop, world), ...products(shop), ...users(shop), ...orders(shop, world), ...steps(counterpart) }
  return { states, world }
}

function callers(shop: StartedShop, world: World): States {
  return {
    'the caller is a service': async ({ name }) => void (world.caller = { kind: 'service', name: String(name) }),
    'the caller is nobody known': async () => void (world.caller = { kind: 'anonymous' }),
    async 'the caller is a customer'({ name }) {
      const customer = await shop.customer('Ada')
      world.customer = customer
      const { sid } = decodeJwt(customer.session.accessToken)
      const id = name === 'Ada' ? customer.id : randomUUID()
      world.caller = { kind: 'customer', id, sessionId: String(sid), roles: [] }
    },
  }
}

function products(shop: StartedShop): States {
  const sold = async (sku: unknown): Promise<{ id: string } | undefined> => {
    const { body } = await ask<{ items: { id: string; sku: string }[] }>(shop.url, { path: `/v1/products?search=${String(sku)}` })
    return body.items.find((product) => product.sku === sku)
  }
  return {
    async 'a product is sold'({ sku }) {
      const product = await sold(sku)
      if (product === undefined) throw new Error(`${String(sku)} is not sold`)
      return { productId: product.id }
    },
    async 'a product is not sold'({ sku }) {
      if ((await sold(sku)) !== undefined) throw new Error(`${String(sku)} is sold`)
    },
  }
}

function users(shop: StartedShop): States {
  return {
    async 'a user is registered'({ email, password }) {
      if (email === undefined) return { userId: (await shop.customer()).id }
      const body = { email, password, name: 'Ada' }
      const { status } = await ask(shop.url, { method: 'POST', path: '/v1/users', body })
      if (status !== 201 && status !== 409) throw new Error(`registering answered ${status}`)
      return {}
    },
    async 'a session was opened'() {
      const { email, password } = await shop.customer()
      const body = { email, password }
      const { refreshToken } = await askFor<{ refreshToken: string }>(201, shop.url, { method: 'POST', path: '/v1/sessions', body })
      return { refreshToken }
    },
  }
}

function orders(shop: StartedShop, world: World): States {
  const asCustomer = async (): Promise<Customer> => world.customer ?? shop.customer()
  const noted = (order: PlacedOrder) => {
    world.orderId = order.id
    return { orderId: order.id }
  }
  const rejected = async () => {
    const order = await (await asCustomer()).places({ card: 'tok_declined' })
    await order.ended()
    return noted(order)
  }
  return {
    'the caller placed an order that was rejected': rejected,
    async 'the caller placed an order whose payment takes its time'() {
      return noted(await (await asCustomer()).places({ card: 'tok_slow' }))
    },
    async 'the caller was told of two orders'() {
      const customer = await asCustomer()
      await Promise.all([rejected(), rejected()])
      await eventually('two notifications were sent', async () => {
        const { body } = await customer.asks<{ items: unknown[] }>({ path: '/v1/notifications' })
        return body.items.length >= 2 ? body.items : undefined
      })
    },
    async 'an order was confirmed'() {
      const order = await (await shop.customer()).places()
      await order.ended()
      return noted(order)
    },
    async 'an order was rejected'() {
      world.customer = await shop.customer()
      return rejected()
    },
    async 'an order was cancelled'() {
      const order = await (await shop.customer()).places({ card: 'tok_slow' })
      await order.cancels()
      return noted(order)
    },
  }
}

function steps(counterpart: Counterpart): States {
  const asked =
    (address: string, more: object = {}): MakeState =>
    async ({ orderId }) =>
      counterpart.call('orders', address, { orderId, ...more })
  return {
    'stock is reserved for an order': asked('inventory.v1/reserveStock', { lines: [{ sku: 'TEA-EARL-GREY', quantity: 1 }] }),
    'the stock of an order was released': asked('inventory.v1/releaseStock'),
    'the stock of an order is sold': asked('inventory.v1/commitStock'),
    'an order is paid': asked('payments.v1/charge', {
      amount: { amountMinor: 1250, currency: 'EUR' },
      payment: { method: 'card', token: 'tok_visa' },
    }),
    'an order was refunded': asked('payments.v1/refund'),
  }
}
