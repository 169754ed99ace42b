import { defineContract, type ContractOf } from '@ashlar/contract'
import { orderCancelled } from './events/order-cancelled.ts'
import { orderConfirmed } from './events/order-confirmed.ts'
import { orderPlaced } from './events/order-placed.ts'
import { orderRejected } from './events/order-rejected.ts'
import { cancelOrder } from './operations/cancel-order.ts'
import { getOrderHistory } from './operations/get-order-history.ts'
import { getOrder } from './operations/get-order.ts'
import { listOrders } from './operations/list-orders.ts'
import { placeOrder } from './operations/place-order.ts'
import { watchOrder } from './operations/watch-order.ts'

/** What customers ordered, and how each order goes. */
export const orders = defineContract({
  name: 'orders',
  version: 1,
  operations: { placeOrder, cancelOrder, getOrder, getOrderHistory, listOrders, watchOrder },
  events: { orderPlaced, orderConfirmed, orderRejected, orderCancelled },
})
export interface Orders extends ContractOf<typeof orders> {}

export { orderCancelled } from './events/order-cancelled.ts'
export { orderConfirmed } from './events/order-confirmed.ts'
export { orderPlaced } from './events/order-placed.ts'
export { orderRejected } from './events/order-rejected.ts'
export { Address } from './shapes/address.ts'
export { Money } from './shapes/money.ts'
export { OrderStatus, PricedLine, type Order } from './shapes/order.ts'
export type { OrderHistory } from './shapes/order-history.ts'
export { PaymentMethod } from './shapes/payment-method.ts'
