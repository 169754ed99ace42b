/** An amount in the smallest unit of its currency. */
export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

/** What was agreed: a line at the price of the moment it was ordered. */
export interface PricedLine {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly unitPrice: Money
}

/** Where an order stands. Only `pending` may move on; a person moves `needs_attention`. */
export type OrderState =
  | { readonly status: 'pending' | 'confirmed' | 'cancelled' }
  | { readonly status: 'rejected' | 'needs_attention'; readonly reason: string }

export type Order = OrderState & {
  readonly id: string
  readonly customerId: string
  readonly lines: readonly PricedLine[]
  readonly total: Money
  /** ISO 8601, UTC. */
  readonly createdAt: string
}

/** What became of an order, at a position that counts from 1. */
export type OrderChange = OrderState & {
  readonly position: number
  /** ISO 8601, UTC. */
  readonly changedAt: string
}

/** Tells whether an order with this status can change no more. */
export function hasEnded(status: OrderState['status']): boolean {
  return status === 'confirmed' || status === 'rejected' || status === 'cancelled'
}

/** Places an order: what it costs is fixed now. Throws when lines are priced in different currencies, which no customer can pay. */
export function place({ id, customerId, lines, now }: { id: string; customerId: string; lines: readonly PricedLine[]; now: Date }): Order {
  return { status: 'pending', id, customerId, lines, total: totalOf(lines), createdAt: now.toISOString() }
}

function totalOf(lines: readonly PricedLine[]): Money {
  const [currency = 'EUR', another] = new Set(lines.map(({ unitPrice }) => unitPrice.currency))
  if (another !== undefined) throw new RangeError(`an order cannot be priced in ${currency} and ${another} at once`)
  return { amountMinor: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amountMinor, 0), currency }
}

/** What the checkout sets aside, one line for each product however often it was ordered. */
export function stockLines(lines: readonly Pick<PricedLine, 'sku' | 'quantity'>[]): { sku: string; quantity: number }[] {
  const bySku = new Map<string, number>()
  for (const { sku, quantity } of lines) bySku.set(sku, (bySku.get(sku) ?? 0) + quantity)
  return [...bySku].map(([sku, quantity]) => ({ sku, quantity }))
}

/** How an order ends when its checkout was taken back: called off by the customer, or rejected. */
export function takenBack(reason: string): OrderState {
  return reason === cancelledByCustomer ? { status: 'cancelled' } : { status: 'rejected', reason }
}

/** The reason a checkout is aborted with when its customer calls the order off. */
export const cancelledByCustomer = 'cancelled'
