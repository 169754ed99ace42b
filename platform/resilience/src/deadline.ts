import type { CallContext } from '@observability/telemetry'

/**
 * Tells how many milliseconds the caller still waits, 0 when its deadline has passed, `undefined` when it set none.
 * Deadlines are held on the monotonic clock, so a changed wall clock neither shortens nor lengthens them.
 */
export function remainingMs(context: CallContext | undefined): number | undefined {
  if (context?.deadlineAt === undefined) return undefined
  return Math.max(0, context.deadlineAt - performance.now())
}

/** Gives the context with a deadline at most this many milliseconds from now. An earlier deadline stays: time is only ever taken away. */
export function withDeadline(context: CallContext, timeoutMs: number): CallContext {
  const deadlineAt = performance.now() + timeoutMs
  if (context.deadlineAt !== undefined && context.deadlineAt <= deadlineAt) return context
  return { ...context, deadlineAt }
}
