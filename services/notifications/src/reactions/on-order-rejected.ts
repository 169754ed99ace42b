import { staged } from '@ashlar/service'
import { orders } from '@contracts/orders'
import { tellCustomer, type TellingNeeds } from './tell-customer.ts'

/** Tell the customer that an order was rejected. */
export const onOrderRejected = staged(orders.events.orderRejected, (needs: TellingNeeds) =>
  tellCustomer(needs, (data) => ({ ...data, kind: 'order_rejected' })),
)
