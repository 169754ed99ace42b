import { setTimeout as pause } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import type { Customer, Wish } from './customer.ts'
import { PlacedOrder } from './placed-order.ts'

const longestPauseMs = 1_000

/**
 * Places an order as a good client does: while the shop cannot be reached, fails (5xx) or says that it is still at it, asks
 * again under the same idempotency key. Throws when the shop refuses, or does not accept within `withinMs`.
 */
export async function insistOn(customer: Customer, wish: Wish, { withinMs = 120_000 } = {}): Promise<PlacedOrder> {
  const key = wish.key ?? randomUUID()
  const until = Date.now() + withinMs
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const { status, body } = await customer.orders({ ...wish, key }).catch(unreachable)
    if (status === 202) return new PlacedOrder(customer, body.id)
    const isWorthAnotherTry = status === 0 || status >= 500 || body.code === 'request_in_flight'
    if (!isWorthAnotherTry || Date.now() > until) throw new Error(`the order was not accepted: ${status} ${JSON.stringify(body)}`)
    await pause(pauseMs)
  }
}

function unreachable(error: unknown): { status: number; body: any } {
  return { status: 0, body: { code: 'unreachable', detail: String(error) } }
}
