import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { shipmentScheduled, shipping } from '@contracts/shipping'
import { schedule } from '../domain/shipment.ts'
import type { Ids, ShipmentStore } from '../ports.ts'

interface Needs {
  readonly shipments: ShipmentStore
  readonly ids: Ids
  readonly servedCountries: ReadonlySet<string>
}

/** Have an order's parcel picked up, once. */
export const scheduleShipment = local(
  shipping.scheduleShipment,
  ({ shipments, ids, servedCountries }: Needs) =>
    async ({ orderId, shipTo }, { tx, emit, stepKey }) => {
      const known = await shipments.find(tx, orderId)
      if (known !== undefined) return { shipmentId: known.id }

      const decision = schedule({ id: ids.next(), orderId, shipTo }, servedCountries)
      if (decision.kind === 'refused') return failed('address_not_served', { country: decision.country })

      await shipments.insert(tx, decision.shipment, stepKey)
      emit(shipmentScheduled, { shipmentId: decision.shipment.id, orderId, country: shipTo.country })
      return { shipmentId: decision.shipment.id }
    },
)
