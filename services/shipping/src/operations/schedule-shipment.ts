import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { shipmentScheduled, shipping } from '@contracts/shipping'
import { annotate } from '@observability/telemetry'
import { schedule, type Shipment } from '../domain/shipment.ts'
import type { Ids, ShipmentStore } from '../ports.ts'

interface Needs {
  readonly shipments: ShipmentStore
  readonly ids: Ids
  readonly servedCountries: ReadonlySet<string>
}

/** Have an order's parcel picked up, once. What was decided first is answered ever after, the countries we serve may change. */
export const scheduleShipment = local(
  shipping.scheduleShipment,
  ({ shipments, ids, servedCountries }: Needs) =>
    async ({ orderId, shipTo }, { tx, emit, stepKey }) => {
      const known = await shipments.find(tx, orderId)
      if (known !== undefined) return answerFor(known)

      const decided = schedule({ id: ids.next(), orderId, shipTo }, servedCountries)
      annotate({ 'order.id': orderId, 'shipment.id': decided.id })
      await shipments.insert(tx, decided, stepKey)
      if (decided.status === 'scheduled') emit(shipmentScheduled, { shipmentId: decided.id, orderId, country: shipTo.country })
      return answerFor(decided)
    },
)

function answerFor({ id, status, shipTo: { country } }: Shipment) {
  return status === 'scheduled' ? { shipmentId: id } : failed('address_not_served', { country })
}
