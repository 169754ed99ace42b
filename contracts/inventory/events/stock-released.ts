import { event } from '@ashlar/contract'
import { Reservation } from '../shapes/stock.ts'

/** Stock that was set aside can be sold to others again. */
export const stockReleased = event({ version: 1, aggregate: 'reservationId', key: 'orderId', data: Reservation })
