/** How long a deed's effect may take, in milliseconds, whether it was called for or sent. A caller's deadline may end it sooner. */
export const effectTimeoutMs = 30_000

/**
 * How long an idempotency key is held for a staged deed whose process died. Longer than the deed may take: its effect and,
 * on both sides of it, a transaction with its wait for a connection.
 */
export const claimLeaseMs = effectTimeoutMs + 30_000

/** How long an answer is given again under its idempotency key. */
export const answerKeptMs = 24 * 3_600_000

/**
 * How long a message waits in hand for a database that is away. Within the five minutes for which the broker leaves a
 * message with a handler that works.
 */
export const outagePatienceMs = 240_000
