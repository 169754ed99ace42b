import type { Shipment } from '../domain/shipment.ts'
import type { ShipmentStore } from '../ports.ts'

/** Keeps shipments in memory, for tests of the operations. */
export function inMemoryShipmentStore(): ShipmentStore {
  const byOrder = new Map<string, Shipment>()
  const stepKeys = new Set<string>()
  return {
    find: (_db, orderId) => Promise.resolve(byOrder.get(orderId)),
    insert(_tx, shipment, stepKey) {
      if (byOrder.has(shipment.orderId) || stepKeys.has(stepKey))
        return Promise.reject(new Error(`order ${shipment.orderId} has a shipment already`))
      byOrder.set(shipment.orderId, shipment)
      stepKeys.add(stepKey)
      return Promise.resolve()
    },
  }
}
