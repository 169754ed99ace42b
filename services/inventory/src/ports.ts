import type { Transaction } from '@ashlar/service'
import type { Booking, Level, Line, Reservation } from './domain/reservation.ts'

/** Stock levels and the reservations made on them. */
export interface StockStore {
  /** Finds the reservation of an order and keeps everyone else from that order until the transaction ends. */
  reservationOf(tx: Transaction, orderId: string): Promise<Reservation | undefined>
  /** Gives the levels of these products and holds them until the transaction ends; products without stock are left out. */
  lock(tx: Transaction, lines: readonly Line[]): Promise<Level[]>
  /** Writes a reservation and its levels, with the key of the deed that made them so. */
  save(tx: Transaction, booking: Booking, stepKey: string): Promise<void>
}

/** Makes ids that sort by time. */
export interface Ids {
  next(): string
}
