import { event } from '@ashlar/contract'
import { Payment } from '../shapes/payment.ts'

/** A customer paid for an order. */
export const paymentCharged = event({ version: 1, aggregate: 'chargeId', key: 'orderId', data: Payment })
