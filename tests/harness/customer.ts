import { randomUUID } from 'node:crypto'
import { ask, type HttpAnswer, type HttpRequest } from './http.ts'
import { PlacedOrder } from './placed-order.ts'

/** What a customer orders: one line, or several, paid with a card token. */
export interface Wish {
  readonly sku?: string
  readonly quantity?: number
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[]
  readonly card?: string
  /** Idempotency key; a fresh one unless given. */
  readonly key?: string
}

export const homeAddress = { name: 'Ada Lovelace', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }

/** A customer of the shop, known to it and signed in. */
export class Customer {
  readonly url: string
  readonly email: string
  token: string

  constructor(url: string, email: string, token: string) {
    this.url = url
    this.email = email
    this.token = token
  }

  /** Registers someone new and signs them in. */
  static async register(url: string, name = 'Ada'): Promise<Customer> {
    const email = `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.com`
    const password = 'correct horse battery'
    await expectStatus(201, ask(url, { method: 'POST', path: '/v1/users', body: { email, password, name } }))
    const session = await expectStatus(201, ask(url, { method: 'POST', path: '/v1/sessions', body: { email, password } }))
    return new Customer(url, email, session.body.accessToken)
  }

  /** Asks the shop as this customer. */
  asks<Body = any>(request: HttpRequest): Promise<HttpAnswer<Body>> {
    return ask<Body>(this.url, { token: this.token, ...request })
  }

  /** Sends an order and gives the answer as it came, whatever it is. */
  orders({ sku = 'TEA-EARL-GREY', quantity = 1, lines, card = 'tok_visa', key = randomUUID() }: Wish): Promise<HttpAnswer> {
    return this.asks({
      method: 'POST',
      path: '/v1/orders',
      headers: { 'idempotency-key': key },
      body: { lines: lines ?? [{ sku, quantity }], payment: { method: 'card', token: card }, shipTo: homeAddress },
    })
  }

  /** Places an order that the shop accepts. */
  async places(wish: Wish): Promise<PlacedOrder> {
    const { body } = await expectStatus(202, this.orders(wish))
    return new PlacedOrder(this, (body as { id: string }).id)
  }
}

async function expectStatus(status: number, asking: Promise<HttpAnswer<any>>): Promise<HttpAnswer<any>> {
  const answer = await asking
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer
}
