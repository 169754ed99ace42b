import type { Ending, EndingContext } from '@ashlar/saga'
import { orderCancelled, orderRejected } from '@contracts/orders'
import { takenBack } from '../domain/order.ts'
import type { OrderStore } from '../ports.ts'
import type { Checkout } from './checkout-state.ts'

/** Everything was given back, because the customer called it off or because something could not be had. */
export const rejectOrder =
  ({ orderStore }: { orderStore: OrderStore }) =>
  async (
    { state: { orderId, customerId, total }, reason = 'unknown' }: Ending<Checkout>,
    { tx, emit }: EndingContext<typeof orderRejected | typeof orderCancelled>,
  ) => {
    const ended = takenBack(reason)
    await orderStore.move(tx, orderId, ended)
    if (ended.status === 'cancelled') emit(orderCancelled, { orderId, customerId, total })
    else emit(orderRejected, { orderId, customerId, total, reason })
  }
