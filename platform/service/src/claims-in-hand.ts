import { renewClaims, type ClaimRequest, type Queryable } from '@ashlar/persistence'
import type { Logger } from '@observability/telemetry'
import { claimRenewedEveryMs } from './time-limits.ts'

/**
 * The idempotency keys whose deeds this process works on. Their claims are renewed for as long as that takes, all by one
 * statement; those of a process that died are free soon after.
 */
export class ClaimsInHand {
  readonly #held = new Set<ClaimRequest>()
  readonly #database: Queryable
  readonly #logger: Logger
  #timer: NodeJS.Timeout | undefined
  #renewing = false

  constructor(database: Queryable, logger: Logger) {
    this.#database = database
    this.#logger = logger
  }

  /** Keeps a claim up until the function it gives is called. */
  hold(claim: ClaimRequest): () => void {
    this.#held.add(claim)
    this.#timer ??= setInterval(() => void this.#renew(), claimRenewedEveryMs)
    return () => {
      this.#held.delete(claim)
      if (this.#held.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  async #renew(): Promise<void> {
    // one at a time: where the database is slow, more would only make it slower
    if (this.#renewing) return
    this.#renewing = true
    try {
      await renewClaims(this.#database, [...this.#held])
    } catch (error) {
      // the next one may do; a claim that is lost meanwhile is noticed when the answer is recorded
      this.#logger.debug({ err: error }, 'claims on idempotency keys could not be renewed')
    } finally {
      this.#renewing = false
    }
  }
}
