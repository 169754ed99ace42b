import { setTimeout as pause } from 'node:timers/promises'
import { readCharges, readOrders, readStock, readTakings, type OrderBook, type StockBook, type Takings } from './books.ts'
import type { Shop } from './shop.ts'

/** The books of the whole shop side by side. */
export interface Ledger {
  readonly stock: { readonly onHand: number; readonly reserved: number; readonly sold: number; readonly received: number }
  readonly money: { readonly chargedMinor: number; readonly refundedMinor: number; readonly owedMinor: number }
  /** What does not add up, in words; empty when everything does. */
  readonly differences: readonly string[]
}

/**
 * Holds stock and money against what orders owe, order by order and product by product: the shop's databases on one side,
 * the card provider's own ledger on the other. Waits a while for orders that are still on their way.
 */
export async function auditLedger(shop: Shop, { settleMs = 30_000 }: { settleMs?: number } = {}): Promise<Ledger> {
  const orders = await settledOrders(shop, Date.now() + settleMs)
  const [stock, takings, charges] = await Promise.all([readStock(shop), readTakings(shop), readCharges(shop)])
  const total = (pick: (line: StockBook) => number): number => stock.reduce((sum, line) => sum + pick(line), 0)
  const taken = [...takings.values()]
  return {
    stock: {
      onHand: total((line) => line.onHand),
      reserved: total((line) => line.reserved),
      sold: total((line) => line.sold),
      received: total((line) => line.received),
    },
    money: {
      chargedMinor: taken.reduce((sum, { chargedMinor }) => sum + chargedMinor, 0),
      refundedMinor: taken.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0),
      owedMinor: orders.reduce((sum, order) => sum + owedFor(order), 0),
    },
    differences: [
      ...orders.filter(({ status }) => status === 'pending').map(({ id }) => `order ${id} is still pending`),
      ...stock.flatMap((line) => stockDifferences(line, orders)),
      ...orders.flatMap((order) => moneyDifferences(order, takings.get(order.id))),
      ...[...takings]
        .filter(([id]) => !orders.some((order) => order.id === id))
        .map(([id]) => `the provider was paid for ${id}, which is no order`),
      ...charges.flatMap(({ orderId, status }) => believedDifferences(orderId, { status, taken: takings.get(orderId) })),
    ],
  }
}

async function settledOrders(shop: Shop, until: number): Promise<OrderBook[]> {
  for (;;) {
    const orders = await readOrders(shop)
    if (orders.every(({ status }) => status !== 'pending') || Date.now() > until) return orders
    await pause(100)
  }
}

function owedFor({ status, totalMinor }: OrderBook): number {
  return status === 'confirmed' ? totalMinor : 0
}

function stockDifferences({ sku, onHand, reserved, sold, received }: StockBook, orders: readonly OrderBook[]): string[] {
  const ordered = orders.filter(({ status }) => status === 'confirmed').flatMap(({ lines }) => lines)
  const owed = ordered.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)
  return [
    ...(onHand + reserved + sold === received
      ? []
      : [`${sku}: ${onHand} on hand + ${reserved} reserved + ${sold} sold is not ${received} received`]),
    ...(reserved === 0 ? [] : [`${sku}: ${reserved} still reserved though no order is on its way`]),
    ...(sold === owed ? [] : [`${sku}: ${sold} sold, but confirmed orders hold ${owed}`]),
  ]
}

function moneyDifferences(order: OrderBook, { chargedMinor, refundedMinor }: Takings = { chargedMinor: 0, refundedMinor: 0 }): string[] {
  const owed = owedFor(order)
  if (chargedMinor - refundedMinor === owed) return []
  return [`order ${order.id} (${order.status}): charged ${chargedMinor} − refunded ${refundedMinor}, owes ${owed}`]
}

function believedDifferences(orderId: string, { status, taken }: { status: string; taken: Takings | undefined }): string[] {
  const holds = (taken?.chargedMinor ?? 0) - (taken?.refundedMinor ?? 0) > 0
  return (status === 'charged') === holds
    ? []
    : [`order ${orderId}: payments says ${status}, the provider ${holds ? 'holds' : 'does not hold'} money`]
}
