import { inMemoryOrderStore } from '../src/adapters/in-memory-order-store.ts'
import type { Prices } from '../src/ports.ts'

export const ada = '01935b00-0000-7000-8000-0000000000aa'
export const home = { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }

/** Two of a product, paid by card, sent home. */
export function wishFor(sku: string) {
  return { lines: [{ sku, quantity: 2 }], payment: { method: 'card' as const, token: 'tok_visa' }, shipTo: home }
}

/** What placing an order needs, with prices from elsewhere. */
export function placing(prices: Prices) {
  return {
    prices,
    orderStore: inMemoryOrderStore(),
    ids: { next: () => '01935b00-0000-7000-8000-000000000001' },
    clock: { now: () => new Date('2026-03-01T10:00:00Z') },
    sagas: { start: () => Promise.resolve('saga 1') },
  }
}
