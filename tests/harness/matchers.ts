import { expect } from 'vitest'
import { auditLedger } from './ledger.ts'
import type { PlacedOrder } from './placed-order.ts'
import type { Shop } from './shop.ts'

interface ShopMatchers<R> {
  /** Waits for the order's end and compares its status, and its reason where one is given. */
  toEndAs(status: string, expected?: { reason?: string }): Promise<R>
  /** Stock and money add up to the last unit, over the databases and the card provider's own ledger. */
  toBalance(): Promise<R>
}

declare module 'vitest' {
  // vitest merges matchers into this interface
  interface Matchers<R extends void | Promise<void>, T> extends ShopMatchers<R> {
    readonly subject?: T
  }
}

expect.extend({
  async toEndAs(order: PlacedOrder, status: string, { reason }: { reason?: string } = {}) {
    const ended = await order.ended()
    const pass = ended.status === status && (reason === undefined || ended.reason === reason)
    const wanted = reason === undefined ? status : `${status} (${reason})`
    return { pass, message: () => `order ${order.id} ended as ${ended.status} (${ended.reason ?? 'no reason'}), not as ${wanted}` }
  },
  async toBalance(shop: Shop) {
    const { differences } = await auditLedger(shop)
    return { pass: differences.length === 0, message: () => `the ledger does not balance:\n  ${differences.join('\n  ')}` }
  },
})
