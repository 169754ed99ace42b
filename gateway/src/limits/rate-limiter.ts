import type { RateLimit } from './rate-classes.ts'

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterSeconds: number }

interface Count {
  window: number
  current: number
  previous: number
}

const maxKeys = 100_000

/**
 * Counts requests by key in a sliding window (this window's count plus the share of the last one's that still overlaps), so
 * that no burst at a border gets twice the limit. Held in this process; keys that fell silent are forgotten.
 */
export class RateLimiter {
  readonly #counts = new Map<string, Count>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  admit(key: string, { limit, windowSeconds }: RateLimit): Admission {
    const windows = this.#now() / 1_000 / windowSeconds
    const count = this.#countAt(key, Math.floor(windows))
    const elapsed = windows - Math.floor(windows)
    if (count.previous * (1 - elapsed) + count.current + 1 <= limit) {
      count.current += 1
      return { admitted: true }
    }
    return { admitted: false, retryAfterSeconds: Math.max(1, Math.ceil(waitOf(count, { elapsed, limit }) * windowSeconds)) }
  }

  #countAt(key: string, window: number): Count {
    const known = this.#counts.get(key)
    if (known === undefined) {
      if (this.#counts.size >= maxKeys) this.#forgetSilent(window)
      const fresh = { window, current: 0, previous: 0 }
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

  /** Windows of different lengths number differently, so the oldest entries go whatever their window. */
  #forgetSilent(window: number): void {
    for (const [key, count] of this.#counts) if (count.window < window - 1) this.#counts.delete(key)
    for (const key of this.#counts.keys()) {
      if (this.#counts.size < maxKeys) return
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
