import { defineContract, type ContractOf } from '@ashlar/contract'
import { paymentCharged } from './events/payment-charged.ts'
import { paymentRefunded } from './events/payment-refunded.ts'
import { charge } from './operations/charge.ts'
import { refund } from './operations/refund.ts'

/** The money of an order, taken and given back. */
export const payments = defineContract({
  name: 'payments',
  version: 1,
  operations: { charge, refund },
  events: { paymentCharged, paymentRefunded },
})
export interface Payments extends ContractOf<typeof payments> {}

export { paymentCharged } from './events/payment-charged.ts'
export { paymentRefunded } from './events/payment-refunded.ts'
export type { Money } from './shapes/money.ts'
export type { PaymentMethod } from './shapes/payment-method.ts'
export type { Payment } from './shapes/payment.ts'
