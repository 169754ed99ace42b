import { mutation, z } from '@ashlar/contract'
import { shipmentScheduled } from '../events/shipment-scheduled.ts'
import { Address } from '../shapes/address.ts'
import { OrderId, ShipmentId } from '../shapes/shipment.ts'

/** Have an order's parcel picked up, once, however often it is asked. From then on it can only be returned. */
export const scheduleShipment = mutation({
  input: z.strictObject({ orderId: OrderId, shipTo: Address }),
  output: z.object({ shipmentId: ShipmentId }),
  errors: { address_not_served: { status: 'UNPROCESSABLE_CONTENT', data: z.object({ country: z.string() }) } },
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
  emits: [shipmentScheduled],
})
