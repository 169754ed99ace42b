import type { Sagas } from '@ashlar/saga'
import { service, type ServiceDefinition } from '@ashlar/service'
import { orders } from '@contracts/orders'
import { cancelOrder } from './operations/cancel-order.ts'
import { getOrderHistory } from './operations/get-order-history.ts'
import { getOrder } from './operations/get-order.ts'
import { listOrders } from './operations/list-orders.ts'
import { placeOrder } from './operations/place-order.ts'
import { watchOrder } from './operations/watch-order.ts'
import type { Clock, Ids, OrderStore, Prices } from './ports.ts'
import { checkout } from './sagas/checkout.ts'

const migrations = new URL('../migrations', import.meta.url)

interface Needs {
  readonly orderStore: OrderStore
  readonly prices: Prices
  readonly sagas: Sagas
  readonly ids: Ids
  readonly clock: Clock
}

/** Orders: who keeps which promise, and the saga they start. */
export function ordersService(needs: Needs): ServiceDefinition {
  return service(orders, {
    operations: { placeOrder, cancelOrder, getOrder, getOrderHistory, listOrders, watchOrder },
    sagas: [checkout],
    migrations,
    needs,
  })
}
