import { newId, type Platform, type ServiceDefinition } from '@ashlar/service'
import { catalogue } from '@contracts/catalogue'
import { orders } from '@contracts/orders'
import { cataloguePrices } from './adapters/catalogue-prices.ts'
import { postgresOrderStore } from './adapters/postgres-order-store.ts'
import { ordersService } from './service.ts'

export { OrdersConfig } from './config.ts'

/** Builds orders on a platform; alone in its process, or beside other services in one. */
export function startOrders(platform: Platform): ServiceDefinition {
  return ordersService({
    orderStore: postgresOrderStore(),
    prices: cataloguePrices(platform.client(catalogue, { as: orders })),
    sagas: platform.sagas(orders),
    ids: { next: newId },
    clock: { now: () => new Date() },
  })
}
