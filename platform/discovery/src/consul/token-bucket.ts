/** How often one watch may ask: two polls at once, then one a second, slower and slower while the churn lasts. */
export interface BucketLimits {
  readonly burst: number
  readonly refillMs: number
  readonly slowestRefillMs: number
  readonly slowdown: number
}

// The slowest pace stays below the 5 s for which a leaving instance goes on serving, so that no churn makes us late for a drain.
export const pollLimits: BucketLimits = { burst: 2, refillMs: 1_000, slowestRefillMs: 4_000, slowdown: 1.25 }

/** Tokens left, the present time per token, and when both were true. */
export interface TokenBucket {
  readonly tokens: number
  readonly refillMs: number
  readonly at: number
}

/** A bucket nobody has taken from. */
export function fullBucket(now: number, limits: BucketLimits = pollLimits): TokenBucket {
  return { tokens: limits.burst, refillMs: limits.refillMs, at: now }
}

/**
 * Takes one token and says how many milliseconds to wait before using it. Every wait makes the next token slower to come;
 * a bucket that had time to fill up is quick again.
 */
export function takeToken(bucket: TokenBucket, now: number, limits: BucketLimits = pollLimits): { bucket: TokenBucket; waitMs: number } {
  const tokens = Math.min(limits.burst, bucket.tokens + Math.max(0, now - bucket.at) / bucket.refillMs)
  const refillMs = tokens === limits.burst ? limits.refillMs : bucket.refillMs
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, refillMs, at: now }, waitMs: 0 }
  const waitMs = (1 - tokens) * refillMs
  return { bucket: { tokens: 0, refillMs: Math.min(limits.slowestRefillMs, refillMs * limits.slowdown), at: now + waitMs }, waitMs }
}
