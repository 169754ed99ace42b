import type { Shipment } from '../domain/shipment.ts'
import type { ShipmentStore } from '../ports.ts'

/** Keeps shipments in the service's own database. */
export function postgresShipmentStore(): ShipmentStore {
  return {
    async find(tx, orderId) {
      // a row that does not exist yet cannot be locked, and the same may be asked twice at once
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [orderId])
      const [row] = await tx.query<Shipment>(
        'select id, order_id as "orderId", status, ship_to as "shipTo" from shipments where order_id = $1',
        [orderId],
      )
      return row
    },
    async insert(tx, { id, orderId, status, shipTo }, stepKey) {
      await tx.query('insert into shipments (id, order_id, status, step_key, ship_to) values ($1, $2, $3, $4, $5)', [
        id,
        orderId,
        status,
        stepKey,
        shipTo,
      ])
    },
  }
}
