import { event } from '@ashlar/contract'
import { Payment } from '../shapes/payment.ts'

/** A customer got back, in full, what they had paid for an order. */
export const paymentRefunded = event({ version: 1, aggregate: 'chargeId', key: 'orderId', data: Payment })
