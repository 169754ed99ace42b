import type { Transaction } from '@ashlar/service'
import type { Shipment } from './domain/shipment.ts'

/** Keeps what was decided: once for each order, for ever. */
export interface ShipmentStore {
  /** Gives what was decided; until the transaction ends, nobody else decides about the same order. */
  find(tx: Transaction, orderId: string): Promise<Shipment | undefined>
  /** Keeps a decision with the key of the step that asked for it. Throws when the order has one already. */
  insert(tx: Transaction, shipment: Shipment, stepKey: string): Promise<void>
}

/** Makes ids that sort by time. */
export interface Ids {
  next(): string
}
