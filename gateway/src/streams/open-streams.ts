import type { Telemetry } from '@observability/telemetry'
import { FaultError } from '../http/fault-error.ts'

/** How many streams may be open. */
export interface StreamBounds {
  readonly perCaller: number
  readonly all: number
}

/** A place among the open streams. */
export interface StreamPlace {
  /** Aborts when the gateway stops: whoever follows goes on at another. */
  readonly closing: AbortSignal
  leave(): void
}

/** Seconds after which some stream has ended, or its caller is known to be gone. */
const retryAfterSeconds = 10

/** The streams that are open here, by who holds them. Counted in this process, as requests are. */
export class OpenStreams {
  readonly #bounds: StreamBounds
  readonly #telemetry: Telemetry
  readonly #held = new Map<string, number>()
  readonly #closing = new AbortController()
  #all = 0

  constructor(bounds: StreamBounds, telemetry: Telemetry) {
    this.#bounds = bounds
    this.#telemetry = telemetry
  }

  /** Takes a place for a caller. Throws `FaultError` 429 when the caller holds as many as one may, 503 when all are taken. */
  enter(caller: string): StreamPlace {
    const held = this.#held.get(caller) ?? 0
    if (held >= this.#bounds.perCaller) {
      this.#telemetry.metrics.count('rate_limited_requests_total', { limit: 'streams' })
      const detail = `so many streams are open for you already as may be, ${held}: close one, or try again in ${retryAfterSeconds} s`
      throw new FaultError({ status: 429, code: 'too_many_requests', detail, retryAfterSeconds })
    }
    if (this.#all >= this.#bounds.all) {
      const detail = `too many streams are open here just now: try again in ${retryAfterSeconds} s`
      throw new FaultError({ status: 503, code: 'overloaded', detail, retryAfterSeconds })
    }
    this.#held.set(caller, held + 1)
    this.#all += 1
    let isHeld = true
    return {
      closing: this.#closing.signal,
      leave: () => {
        if (isHeld) this.#leave(caller)
        isHeld = false
      },
    }
  }

  /** Ends every stream, and each that is opened later. */
  end(): void {
    this.#closing.abort(new DOMException('the gateway stops', 'AbortError'))
  }

  #leave(caller: string): void {
    this.#all -= 1
    const held = (this.#held.get(caller) ?? 1) - 1
    if (held === 0) this.#held.delete(caller)
    else this.#held.set(caller, held)
  }
}
