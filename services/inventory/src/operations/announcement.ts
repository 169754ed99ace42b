import type { Reservation as Announced } from '@contracts/inventory'
import type { Reservation } from '../domain/reservation.ts'

/** Tells a reservation the way events do. */
export function announcement({ id, orderId, lines }: Reservation): Announced {
  return { reservationId: id, orderId, lines: [...lines] }
}
