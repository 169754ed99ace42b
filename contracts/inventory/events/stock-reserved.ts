import { event } from '@ashlar/contract'
import { Reservation } from '../shapes/stock.ts'

/** Stock was set aside for an order. */
export const stockReserved = event({ version: 1, aggregate: 'reservationId', key: 'orderId', data: Reservation })
