import { readRows } from '@deploy/local'
import { ask } from './http.ts'
import type { Shop } from './shop.ts'

export interface StockBook {
  readonly sku: string
  readonly onHand: number
  readonly reserved: number
  readonly sold: number
  readonly received: number
}

export interface OrderBook {
  readonly id: string
  readonly status: string
  readonly totalMinor: number
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}

/** What the card provider holds of an order's money, by its own ledger. */
export interface Takings {
  readonly chargedMinor: number
  readonly refundedMinor: number
}

/** Reads inventory's own books. */
export function readStock(shop: Shop): Promise<StockBook[]> {
  return rows(shop, 'inventory', 'select sku, on_hand as "onHand", reserved, sold, received from stock order by sku')
}

/** Reads every order that was ever placed. */
export function readOrders(shop: Shop): Promise<OrderBook[]> {
  return rows(shop, 'orders', 'select id, status, total_minor::float8 as "totalMinor", lines from orders order by id')
}

/** Reads what the shop believes it took for each order; what costs nothing the provider never hears of. */
export function readCharges(shop: Shop): Promise<{ orderId: string; status: string }[]> {
  return rows(shop, 'payments', 'select order_id as "orderId", status from charges where amount_minor is distinct from 0')
}

/** Reads the card provider's ledger, by order. */
export async function readTakings({ cardProviderUrl }: Shop): Promise<Map<string, Takings>> {
  const { body } = await ask<Ledger>(cardProviderUrl, { path: '/ledger' })
  const takings = new Map<string, { chargedMinor: number; refundedMinor: number }>()
  const orderOfCharge = new Map<string, string>()
  for (const { kind, key, chargeKey, answer } of body.entries) {
    const orderId = kind === 'charge' ? answer.reference : orderOfCharge.get(chargeKey ?? '')
    if (orderId === undefined) continue
    const taken = takings.get(orderId) ?? { chargedMinor: 0, refundedMinor: 0 }
    takings.set(orderId, taken)
    if (kind === 'charge') orderOfCharge.set(key, orderId)
    if (answer.status === 'charged') taken.chargedMinor += answer.amountMinor ?? 0
    if (answer.status === 'refunded') taken.refundedMinor += answer.amountMinor ?? 0
  }
  return takings
}

interface Ledger {
  readonly entries: readonly {
    readonly kind: 'charge' | 'refund'
    readonly key: string
    readonly chargeKey?: string
    readonly answer: { readonly status: string; readonly amountMinor?: number; readonly reference?: string }
  }[]
}

async function rows<Row extends object>(shop: Shop, service: string, sql: string): Promise<Row[]> {
  return readRows<Row>(await shop.databaseUrl(service), sql)
}
