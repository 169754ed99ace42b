import { randomUUID } from 'node:crypto'
import { ask, askFor, type HttpAnswer, type HttpRequest } from './http.ts'
import { PlacedOrder } from './placed-order.ts'

/** What a customer orders: one line, or several, paid with a card token, sent home or to another country. */
export interface Wish {
  readonly sku?: string
  readonly quantity?: number
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[]
  readonly card?: string
  readonly country?: string
  /** Idempotency key; a fresh one unless given. */
  readonly key?: string
}

export interface Session {
  readonly accessToken: string
  readonly refreshToken: string
}

export const homeAddress = { name: 'Ada Lovelace', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }

/** Writes an order as the shop's door takes it. */
export function orderBody({ sku = 'TEA-EARL-GREY', quantity = 1, lines, card = 'tok_visa', country }: Wish = {}): object {
  return {
    lines: lines ?? [{ sku, quantity }],
    payment: { method: 'card', token: card },
    shipTo: country === undefined ? homeAddress : { ...homeAddress, country },
  }
}

/** A customer of the shop, known to it and signed in. */
export class Customer {
  readonly url: string
  readonly id: string
  readonly email: string
  readonly password: string
  readonly session: Session

  constructor(url: string, account: Pick<Customer, 'id' | 'email' | 'password' | 'session'>) {
    this.url = url
    this.id = account.id
    this.email = account.email
    this.password = account.password
    this.session = account.session
  }

  /** Registers someone new and signs them in. */
  static async register(url: string, { name = 'Ada', password = 'correct horse battery' }: NewCustomer = {}): Promise<Customer> {
    const email = `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.com`
    const { id } = await askFor<{ id: string }>(201, url, { method: 'POST', path: '/v1/users', body: { email, password, name } })
    const session = await askFor<Session>(201, url, { method: 'POST', path: '/v1/sessions', body: { email, password } })
    return new Customer(url, { id, email, password, session })
  }

  /** Asks the shop as this customer. */
  asks<Body = any>(request: HttpRequest): Promise<HttpAnswer<Body>> {
    return ask<Body>(this.url, { token: this.session.accessToken, ...request })
  }

  /** Sends an order and gives the answer as it came, whatever it is. */
  orders(wish: Wish = {}): Promise<HttpAnswer<any>> {
    return this.asks(this.#orderRequest(wish))
  }

  /** Places an order that the shop accepts. */
  async places(wish: Wish = {}): Promise<PlacedOrder> {
    const { id } = await askFor<{ id: string }>(202, this.url, this.#orderRequest(wish))
    return new PlacedOrder(this, id)
  }

  #orderRequest(wish: Wish): HttpRequest {
    const headers = { 'idempotency-key': wish.key ?? randomUUID() }
    return { method: 'POST', path: '/v1/orders', token: this.session.accessToken, headers, body: orderBody(wish) }
  }
}

export interface NewCustomer {
  readonly name?: string | undefined
  readonly password?: string
}
