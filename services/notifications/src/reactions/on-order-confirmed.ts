import { staged } from '@ashlar/service'
import { orders } from '@contracts/orders'
import { tellCustomer, type TellingNeeds } from './tell-customer.ts'

/** Tell the customer that an order was confirmed. */
export const onOrderConfirmed = staged(orders.events.orderConfirmed, (needs: TellingNeeds) =>
  tellCustomer(needs, (data) => ({ ...data, kind: 'order_confirmed' })),
)
