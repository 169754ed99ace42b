import { z } from '@ashlar/contract'
import { OrderId } from './order.ts'

const milliseconds = z.int().min(0)

/** One thing the checkout did, or took back (`undo`), for an order. `unknown`: it was never answered, and taken back for that. */
export const HistoryStep = z
  .object({
    step: z.string(),
    direction: z.enum(['do', 'undo']),
    status: z.enum(['pending', 'done', 'refused', 'unknown', 'stuck']),
    attempts: z.int(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    durationMs: milliseconds.optional(),
    /** Code of the declared error, when it was refused. */
    reason: z.string().optional(),
    /** What the refusal said, field by field, as text. */
    detail: z.record(z.string(), z.string()).optional(),
    traceId: z.string(),
  })
  .meta({ id: 'HistoryStep' })

/** The checkout of an order, step by step, in the order things happened. */
export const OrderHistory = z
  .object({
    orderId: OrderId,
    status: z.enum(['running', 'compensating', 'needs_attention', 'completed', 'compensated']),
    /** Why it turned round, or what it is stuck at. */
    reason: z.string().optional(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    durationMs: milliseconds.optional(),
    steps: z.array(HistoryStep),
  })
  .meta({ id: 'OrderHistory' })
export type OrderHistory = z.output<typeof OrderHistory>
