import { defineContract, type ContractOf } from '@ashlar/contract'
import { shipmentScheduled } from './events/shipment-scheduled.ts'
import { scheduleShipment } from './operations/schedule-shipment.ts'

/** Parcels on their way to customers. */
export const shipping = defineContract({
  name: 'shipping',
  version: 1,
  operations: { scheduleShipment },
  events: { shipmentScheduled },
})
export interface Shipping extends ContractOf<typeof shipping> {}

export { shipmentScheduled } from './events/shipment-scheduled.ts'
export type { Address } from './shapes/address.ts'
