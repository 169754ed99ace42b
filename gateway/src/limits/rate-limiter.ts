import type { RateLimit } from './rate-classes.ts'

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterSeconds: number }

interface Count {
  window: number
  current: number
  previous: number
  /** Seconds on the limiter's clock from which on this count says nothing any more. */
  silentAt: number
}

export interface RateLimiterOptions {
  /** Milliseconds that only grow; the process clock unless said. */
  readonly now?: () => number
  /** How many callers are remembered; 100,000 unless said. */
  readonly maxKeys?: number
}

/**
 * Counts requests by key in a sliding window (this window's count plus the share of the last one's that still overlaps), so
 * that no burst at a border gets twice the limit. Held in this process; keys that fell silent are forgotten, and when there are
 * too many the oldest tenth.
 */
export class RateLimiter {
  readonly #counts = new Map<string, Count>()
  readonly #now: () => number
  readonly #maxKeys: number

  constructor({ now = () => performance.now(), maxKeys = 100_000 }: RateLimiterOptions = {}) {
    this.#now = now
    this.#maxKeys = maxKeys
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#counts.size
  }

  admit(key: string, { limit, windowSeconds }: RateLimit): Admission {
    const seconds = this.#now() / 1_000
    const window = Math.floor(seconds / windowSeconds)
    const elapsed = seconds / windowSeconds - window
    const count = this.#countAt(key, window)
    count.silentAt = (window + 2) * windowSeconds
    if (count.previous * (1 - elapsed) + count.current + 1 <= limit) {
      count.current += 1
      return { admitted: true }
    }
    return { admitted: false, retryAfterSeconds: Math.max(1, Math.ceil(waitOf(count, { elapsed, limit }) * windowSeconds)) }
  }

  #countAt(key: string, window: number): Count {
    const known = this.#counts.get(key)
    if (known === undefined) {
      if (this.#counts.size >= this.#maxKeys) this.#forget()
      const fresh = { window, current: 0, previous: 0, silentAt: 0 }
      this.#counts.set(key, fresh)
      return fresh
    }
    if (known.window !== window) {
      known.previous = known.window === window - 1 ? known.current : 0
      known.current = 0
      known.window = window
    }
    return known
  }

  /** Makes room for a tenth, so that a flood of new keys pays for one sweep in ten thousand requests and not one each. */
  #forget(): void {
    const seconds = this.#now() / 1_000
    for (const [key, { silentAt }] of this.#counts) if (silentAt <= seconds) this.#counts.delete(key)
    for (const key of this.#counts.keys()) {
      if (this.#counts.size <= this.#maxKeys * 0.9) return
      this.#counts.delete(key)
    }
  }
}

/** Share of a window until one more request fits. */
function waitOf(count: Count, { elapsed, limit }: { elapsed: number; limit: number }): number {
  const room = limit - 1
  if (count.current <= room && count.previous > 0) return 1 - (room - count.current) / count.previous - elapsed
  return 1 - elapsed + (1 - room / count.current)
}
