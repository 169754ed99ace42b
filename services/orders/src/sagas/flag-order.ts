import type { Ending, EndingContext } from '@ashlar/saga'
import type { OrderStore } from '../ports.ts'
import type { Checkout } from './checkout-state.ts'

/** The checkout cannot go on by itself: a person has to look. */
export const flagOrder =
  ({ orderStore }: { orderStore: OrderStore }) =>
  async ({ state: { orderId }, reason = 'unknown' }: Ending<Checkout>, { tx }: EndingContext<never>) => {
    await orderStore.move(tx, orderId, { status: 'needs_attention', reason })
  }
