import { currentContext } from '@observability/telemetry'

/** How long a deed's effect may take, in milliseconds, whether it was called for or sent. A caller's deadline may end it sooner. */
export const effectTimeoutMs = 30_000

// for the transactions on both sides of an effect, with their waits for a connection
const transactionsMs = 10_000

/**
 * Gives how long an idempotency key is held for a staged deed whose process died: as long as its effect may take, by the
 * caller's deadline or by ours, and its transactions. A deed that takes longer all the same harms nothing: its effect is
 * known by the key, and only the first to record an answer commits.
 */
export function claimLeaseMs(): number {
  const { deadlineAt = Infinity } = currentContext() ?? {}
  return Math.max(0, Math.min(effectTimeoutMs, Math.ceil(deadlineAt - performance.now()))) + transactionsMs
}

/** How long an answer is given again under its idempotency key. */
export const answerKeptMs = 24 * 3_600_000

/**
 * How long a message waits in hand for a database that is away. Within the five minutes for which the broker leaves a
 * message with a handler that works.
 */
export const outagePatienceMs = 240_000
