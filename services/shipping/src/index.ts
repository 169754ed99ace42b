import { newId, readConfig, type Platform, type ServiceDefinition } from '@ashlar/service'
import { postgresShipmentStore } from './adapters/postgres-shipment-store.ts'
import { ShippingConfig } from './config.ts'
import { shippingService } from './service.ts'

export { ShippingConfig } from './config.ts'

/** Builds shipping on a platform; alone in its process, or beside other services in one. */
export function startShipping(_platform: Platform, environment: NodeJS.ProcessEnv): ServiceDefinition {
  const config = readConfig(ShippingConfig, environment)
  return shippingService({ shipments: postgresShipmentStore(), ids: { next: newId }, servedCountries: config.SHIPPING_SERVED_COUNTRIES })
}
