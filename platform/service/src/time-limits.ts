/** How long a deed's effect may take, in milliseconds, whether it was called for or sent. A caller's deadline may end it sooner. */
export const effectTimeoutMs = 30_000

/**
 * How long an idempotency key stays taken when the process that works on it dies, in milliseconds. A process that lives
 * renews its claims; one that comes too late with that harms nothing: the effect is known by its key, and who lost a claim
 * commits nothing.
 */
export const claimLeaseMs = 5_000

/** How often a process renews its claims: three may fail before a lease ends. */
export const claimRenewedEveryMs = 1_250

/** How long an answer is given again under its idempotency key. */
export const answerKeptMs = 24 * 3_600_000

/**
 * How long a message waits in hand for a database that is away. Within the five minutes for which the broker leaves a
 * message with a handler that works.
 */
export const outagePatienceMs = 240_000
