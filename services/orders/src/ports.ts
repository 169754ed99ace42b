import type { Queryable, Transaction } from '@ashlar/service'
import type { Order, OrderChange, OrderState, PricedLine } from './domain/order.ts'

/** Keeps orders. */
export interface OrderStore {
  insert(tx: Transaction, order: Order, stepKey: string): Promise<void>
  findByStepKey(db: Queryable, stepKey: string): Promise<Order | undefined>
  /** Finds a customer's own order; another customer's is as absent as one that never was. */
  find(db: Queryable, order: { orderId: string; customerId: string }): Promise<Order | undefined>
  /** Newest first; `after` is the id that ended the page before. */
  list(
    db: Queryable,
    page: { customerId: string; status: Order['status'] | undefined; after: string | undefined; limit: number },
  ): Promise<Order[]>
  /** Whoever follows the order, by its id, is woken. */
  move(tx: Transaction, orderId: string, state: OrderState): Promise<void>
  /** What became of an order after a position, oldest first; beginning with its placing. */
  changes(db: Queryable, piece: { orderId: string; after: number; limit: number }): Promise<OrderChange[]>
}

export type Pricing =
  | { readonly kind: 'priced'; readonly lines: readonly PricedLine[] }
  | { readonly kind: 'unknown'; readonly sku: string }

/** Knows what things cost just now. */
export interface Prices {
  of(lines: readonly { sku: string; quantity: number }[]): Promise<Pricing>
}

/** Makes ids that sort by time. */
export interface Ids {
  next(): string
}

export interface Clock {
  now(): Date
}
