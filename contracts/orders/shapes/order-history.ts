import { z } from '@ashlar/contract'
import { OrderId } from './order.ts'

/** One thing the checkout did, or took back (`undo`), for an order. */
export const HistoryStep = z.object({
  step: z.string(),
  direction: z.enum(['do', 'undo']),
  status: z.enum(['waiting', 'running', 'done', 'refused', 'stuck']),
  attempts: z.int(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Code of the declared error, when it was refused. */
  reason: z.string().optional(),
  traceId: z.string().optional(),
})

/** The checkout of an order, step by step, in the order things happened. */
export const OrderHistory = z.object({
  orderId: OrderId,
  status: z.enum(['running', 'compensating', 'completed', 'compensated', 'stuck']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  steps: z.array(HistoryStep),
})
export type OrderHistory = z.output<typeof OrderHistory>
