import { staged } from '@ashlar/service'
import { orders } from '@contracts/orders'
import { tellCustomer, type TellingNeeds } from './tell-customer.ts'

/** Tell the customer that an order was cancelled. */
export const onOrderCancelled = staged(orders.events.orderCancelled, (needs: TellingNeeds) =>
  tellCustomer(needs, (data) => ({ ...data, kind: 'order_cancelled' })),
)
