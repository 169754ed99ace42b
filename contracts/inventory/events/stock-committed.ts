import { event } from '@ashlar/contract'
import { Reservation } from '../shapes/stock.ts'

/** Stock that was set aside is sold. */
export const stockCommitted = event({ version: 1, aggregate: 'reservationId', key: 'orderId', data: Reservation })
