import { service, type ServiceDefinition } from '@ashlar/service'
import { shipping } from '@contracts/shipping'
import { scheduleShipment } from './operations/schedule-shipment.ts'
import type { Ids, ShipmentStore } from './ports.ts'

const migrations = new URL('../migrations', import.meta.url)

interface Needs {
  readonly shipments: ShipmentStore
  readonly ids: Ids
  readonly servedCountries: ReadonlySet<string>
}

/** Shipping: who keeps which promise. */
export function shippingService(needs: Needs): ServiceDefinition {
  return service(shipping, { operations: { scheduleShipment }, migrations, needs })
}
