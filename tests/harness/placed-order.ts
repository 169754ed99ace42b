import { setTimeout as pause } from 'node:timers/promises'
import type { Customer } from './customer.ts'

const endStates = new Set(['confirmed', 'rejected', 'cancelled', 'needs_attention'])
const firstPauseMs = 40
const longestPauseMs = 640

export interface SeenOrder {
  readonly id: string
  readonly status: string
  readonly reason?: string
  readonly total: { readonly amountMinor: number; readonly currency: string }
}

export interface SeenStep {
  readonly step: string
  readonly direction: 'do' | 'undo'
  readonly status: string
  readonly attempts: number
  readonly reason?: string
  readonly traceId: string
}

export interface SeenHistory {
  readonly status: string
  readonly steps: readonly SeenStep[]
}

/** An order the shop has accepted, watched through the door. */
export class PlacedOrder {
  readonly customer: Customer
  readonly id: string

  constructor(customer: Customer, id: string) {
    this.customer = customer
    this.id = id
  }

  /** Waits until the order is in an end state; an outage of the shop meanwhile is waited out. */
  async ended({ withinMs = 120_000 }: { withinMs?: number } = {}): Promise<SeenOrder> {
    const until = Date.now() + withinMs
    let seen = 'nothing yet'
    for (let pauseMs = firstPauseMs; Date.now() < until; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
      const answer = await this.#look().catch((error: unknown) => String(error))
      if (typeof answer !== 'string' && endStates.has(answer.status)) return answer
      seen = typeof answer === 'string' ? answer : answer.status
      await pause(pauseMs)
    }
    const { steps } = await this.history()
    throw new Error(`order ${this.id} did not end within ${withinMs} ms; last seen: ${seen}; its steps: ${JSON.stringify(steps)}`)
  }

  /** Waits until a step of its checkout is under way or over. */
  async reached(step: string, { withinMs = 60_000 }: { withinMs?: number } = {}): Promise<void> {
    const until = Date.now() + withinMs
    while (!(await this.history()).steps.some((seen) => seen.step === step)) {
      if (Date.now() > until) throw new Error(`order ${this.id} did not come to "${step}" within ${withinMs} ms`)
      await pause(firstPauseMs)
    }
  }

  /** Gives the steps of its checkout. */
  async history(): Promise<SeenHistory> {
    return (await this.customer.asks<SeenHistory>({ path: `/v1/orders/${this.id}/history` })).body
  }

  /** Gives each step of its checkout in a few words, as `charge do refused`. */
  async course(): Promise<string[]> {
    const { steps } = await this.history()
    return steps.map(({ step, direction, status }) => `${step} ${direction} ${status}`)
  }

  /** Calls it off and gives the answer as it came. */
  cancels() {
    return this.customer.asks({ method: 'POST', path: `/v1/orders/${this.id}/cancellation` })
  }

  async #look(): Promise<SeenOrder | string> {
    const answer = await this.customer.asks<SeenOrder>({ path: `/v1/orders/${this.id}` })
    return answer.status === 200 ? answer.body : `HTTP ${answer.status}`
  }
}
