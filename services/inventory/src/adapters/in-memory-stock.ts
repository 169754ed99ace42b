import type { Level, Reservation } from '../domain/reservation.ts'
import type { StockStore } from '../ports.ts'

/** Keeps stock in memory, for tests; `levels` shows what is left. */
export function inMemoryStock(onHand: Readonly<Record<string, number>>): StockStore & { levels(): Level[] } {
  const levels = new Map<string, Level>(Object.entries(onHand).map(([sku, units]) => [sku, { sku, onHand: units, reserved: 0, sold: 0 }]))
  const reservations = new Map<string, Reservation>()
  const keys = new Map<string, string>()
  return {
    reservationOf: async (_tx, orderId) => reservations.get(orderId),
    lock: async (_tx, lines) => [...new Set(lines.map(({ sku }) => sku))].sort().flatMap((sku) => levels.get(sku) ?? []),
    async save(_tx, booking, stepKey) {
      const { reservation } = booking
      const deed = `${reservation.status} ${reservation.id}`
      if ((keys.get(stepKey) ?? deed) !== deed) throw new Error(`the key ${stepKey} belongs to another deed`)
      keys.set(stepKey, deed)
      reservations.set(reservation.orderId, reservation)
      for (const level of booking.levels) levels.set(level.sku, level)
    },
    levels: () => [...levels.values()],
  }
}
