import { event, z } from '@ashlar/contract'
import { OrderId, ShipmentId } from '../shapes/shipment.ts'

/** A parcel will be picked up for an order. The address stays with shipping. */
export const shipmentScheduled = event({
  version: 1,
  aggregate: 'shipmentId',
  key: 'orderId',
  data: z.object({ shipmentId: ShipmentId, orderId: OrderId, country: z.string() }),
})
