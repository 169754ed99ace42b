import { setTimeout as pause } from 'node:timers/promises'
import type { Customer } from './customer.ts'

const endStates = new Set(['confirmed', 'rejected', 'cancelled', 'needs_attention'])

export interface SeenOrder {
  readonly id: string
  readonly status: string
  readonly reason?: string
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
  async ended({ withinMs = 60_000 }: { withinMs?: number } = {}): Promise<SeenOrder> {
    const until = Date.now() + withinMs
    let seen = 'nothing yet'
    while (Date.now() < until) {
      const answer = await this.customer
        .asks<SeenOrder>({ path: `/v1/orders/${this.id}` })
        .catch((error: unknown) => ({ status: 0, body: error }) as never)
      if (answer.status === 200 && endStates.has(answer.body.status)) return answer.body
      seen = answer.status === 200 ? answer.body.status : `HTTP ${answer.status}`
      await pause(40)
    }
    throw new Error(`order ${this.id} did not end within ${withinMs} ms; last seen: ${seen}`)
  }

  /** Gives the steps of its checkout. */
  async history(): Promise<any> {
    return (await this.customer.asks({ path: `/v1/orders/${this.id}/history` })).body
  }
}
