import type { Checkout } from '../src/sagas/checkout-state.ts'
import { ada, home } from './placing.ts'

/** A checkout of so many units, paid with a card token. Each story has an order of its own: the last two digits of its id. */
export function checkoutOf(
  order: string,
  {
    sku = 'TEA-EARL-GREY',
    quantity = 1,
    token = 'tok_visa',
    country = 'GB',
  }: { sku?: string; quantity?: number; token?: string; country?: string } = {},
): Checkout {
  return {
    orderId: `01935b00-0000-7000-8000-0000000000${order}`,
    customerId: ada,
    lines: [{ sku, quantity }],
    total: { amountMinor: 1250 * quantity, currency: 'EUR' },
    payment: { method: 'card', token },
    shipTo: { ...home, country },
  }
}
