import type { Ending, EndingContext } from '@ashlar/saga'
import { orderConfirmed } from '@contracts/orders'
import type { OrderStore } from '../ports.ts'
import type { Checkout } from './checkout-state.ts'

/** Everything is secured. */
export const confirmOrder =
  ({ orderStore }: { orderStore: OrderStore }) =>
  async ({ state: { orderId, customerId, total } }: Ending<Checkout>, { tx, emit }: EndingContext<typeof orderConfirmed>) => {
    await orderStore.move(tx, orderId, { status: 'confirmed' })
    emit(orderConfirmed, { orderId, customerId, total })
  }
