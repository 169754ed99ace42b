import type { RateLimit } from './rate-classes.ts'

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterSeconds: number }

/** Requests of one window, and when the first and the last of them came, in seconds on the limiter's clock. */
interface Spell {
  requests: number
  first: number
  last: number
}

interface Count {
  window: number
  current: Spell
  previous: Spell
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
 * Counts requests by key in a sliding window: all of this window's, and of the last one's those that still lie in it, taken to
 * be spread evenly from its first to its last. So no burst at a border gets twice the limit, and nobody is told to wait longer
 * than a window. Held in this process; keys that fell silent are forgotten, and when there are too many the oldest tenth.
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
    const now = this.#now() / 1_000
    const window = Math.floor(now / windowSeconds)
    const count = this.#countAt(key, window)
    count.silentAt = (window + 2) * windowSeconds
    const { current, previous } = count
    if (current.requests + requestsAfter(previous, now - windowSeconds) + 1 <= limit) {
      if (current.requests === 0) current.first = now
      current.last = now
      current.requests += 1
      return { admitted: true }
    }
    const [spell, spare] = current.requests < limit ? [previous, limit - 1 - current.requests] : [current, limit - 1]
    const waitSeconds = Math.ceil(momentOf(spell, spare) + windowSeconds - now)
    return { admitted: false, retryAfterSeconds: Math.max(1, Math.min(waitSeconds, windowSeconds)) }
  }

  #countAt(key: string, window: number): Count {
    const known = this.#counts.get(key)
    if (known === undefined) {
      if (this.#counts.size >= this.#maxKeys) this.#forget()
      const fresh = { window, current: noRequests(), previous: noRequests(), silentAt: 0 }
      this.#counts.set(key, fresh)
      return fresh
    }
    if (known.window !== window) {
      known.previous = known.window === window - 1 ? known.current : noRequests()
      known.current = noRequests()
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

function noRequests(): Spell {
  return { requests: 0, first: 0, last: 0 }
}

/** How many of a spell's requests came after a moment. */
function requestsAfter({ requests, first, last }: Spell, moment: number): number {
  if (moment >= last) return 0
  return moment <= first ? requests : (requests * (last - moment)) / (last - first)
}

/** The moment after which no more than `spare` of a spell's requests came. */
function momentOf({ requests, first, last }: Spell, spare: number): number {
  return last - (spare / requests) * (last - first)
}
