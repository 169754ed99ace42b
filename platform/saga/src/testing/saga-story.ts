import { decide } from '../core/decide.ts'
import type { Decision, EndingKind, Outcome, Saga, SagaInput, StepCommand } from '../core/saga.ts'
import type { SagaDefinition } from '../definition.ts'
import { checkoutOf, newCheckout } from './checkout-cases.ts'

export const ok: Outcome = { ok: true, value: { receipt: 'r' } }
export const refusedWith = (code: string): Outcome => ({ ok: false, code, data: { why: 'so' } })

/** Plays inputs to one saga and remembers what it did: commands as `do reserve-stock`, endings as `completed`. */
export class SagaStory {
  readonly sent: string[] = []
  readonly keys: string[] = []
  readonly endings: EndingKind[] = []
  readonly log: string[] = []
  saga: Saga
  last: Decision
  command: StepCommand | undefined
  private readonly definition: SagaDefinition

  constructor(definition: SagaDefinition = checkoutOf(), saga: Saga = newCheckout()) {
    this.definition = definition
    this.saga = saga
    this.last = this.happens({ kind: 'started' })
  }

  happens(input: SagaInput): Decision {
    const decision = decide(this.saga, input, { definition: this.definition, random: 0 })
    this.last = decision
    this.saga = decision.next
    this.log.push(...decision.log.map((entry) => entry.kind))
    if (decision.ending !== undefined) this.endings.push(decision.ending)
    if (decision.command !== undefined) {
      const { stepKey } = decision.command
      this.command = decision.command
      this.keys.push(stepKey)
      this.sent.push(stepKey.split('/').slice(1, 3).toReversed().join(' '))
    }
    return decision
  }

  /** The step in hand is answered. */
  answers(outcome: Outcome): Decision {
    return this.happens({ kind: 'replied', stepKey: this.keys.at(-1) ?? '', outcome })
  }

  /** Nothing is heard from the step in hand until its time is over. */
  staysSilent(times = 1): void {
    for (let time = 0; time < times; time += 1) this.happens({ kind: 'timer' })
  }
}
