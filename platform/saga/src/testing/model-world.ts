import { decide } from '../core/decide.ts'
import { abortOutcome } from '../core/point-of-no-return.ts'
import type { EndingKind, Saga, SagaInput } from '../core/saga.ts'
import { readStepKey } from '../step-key.ts'
import { checkoutOf, newCheckout } from './checkout-cases.ts'
import { ModelParticipants, type ModelCommand, type ModelReply } from './model-participants.ts'

/** One thing that may happen next; `pick` chooses a message where there are several. */
export type ModelStep =
  | { readonly kind: 'command' | 'command-copy' | 'command-lost' | 'reply' | 'reply-copy' | 'crash-on-reply'; readonly pick: number }
  | { readonly kind: 'timer' | 'abort' | 'resume' }

const definition = checkoutOf()

/** A saga, its participants and the messages between them, which may be lost, copied and overtake each other. */
export class ModelWorld {
  saga: Saga = newCheckout()
  isTimerSet = false
  isAborting = false
  readonly participants: ModelParticipants
  readonly endings: EndingKind[] = []
  readonly undoneFor = new Set<string>()
  readonly faults: string[] = []
  private readonly commands: ModelCommand[] = []
  private readonly replies: ModelReply[] = []
  private pivot: 'unsent' | 'unknown' | 'done' | 'refused' = 'unsent'
  private lastId = 0

  constructor(moods: readonly boolean[]) {
    this.participants = new ModelParticipants(moods)
    this.happens({ kind: 'started' })
  }

  get hasEnded(): boolean {
    return this.saga.status === 'completed' || this.saga.status === 'compensated'
  }

  step(step: ModelStep): void {
    switch (step.kind) {
      case 'command':
      case 'command-copy':
      case 'command-lost':
        return this.deliverCommand(step)
      case 'reply':
      case 'reply-copy':
      case 'crash-on-reply':
        return this.deliverReply(step)
      case 'timer':
        if (this.isTimerSet) this.happens({ kind: 'timer' })
        return undefined
      case 'abort':
        if (abortOutcome(this.saga) === 'aborting') this.isAborting = true
        return this.happens({ kind: 'abort', reason: 'changed_mind' })
      case 'resume':
        return this.happens({ kind: 'resume' })
    }
  }

  /** The step in hand is carried out and answered. */
  goesWell(): void {
    this.step({ kind: 'command', pick: 0 })
    this.step({ kind: 'reply', pick: 0 })
  }

  /** Lets every message arrive and resumes what is stuck, until the saga has ended and the network is empty. */
  settle(): void {
    this.participants.becomeWilling()
    for (let round = 0; round < 200; round += 1) {
      while (this.commands.length > 0) this.step({ kind: 'command', pick: 0 })
      while (this.replies.length > 0) this.step({ kind: 'reply', pick: 0 })
      if (this.hasEnded && this.commands.length === 0) return
      if (this.saga.status === 'needs_attention') this.step({ kind: 'resume' })
      else this.step({ kind: 'timer' })
    }
  }

  private deliverCommand({ kind, pick }: { kind: string; pick: number }): void {
    const at = pick % Math.max(this.commands.length, 1)
    const command = this.commands[at]
    if (command === undefined) return
    if (kind !== 'command-copy') this.commands.splice(at, 1)
    const reply = kind === 'command-lost' ? undefined : this.participants.handle(command)
    if (reply !== undefined) this.replies.push(reply)
  }

  private deliverReply({ kind, pick }: { kind: string; pick: number }): void {
    const at = pick % Math.max(this.replies.length, 1)
    const reply = this.replies[at]
    if (reply === undefined) return
    // a crash before the commit: the decision is made, nothing of it is kept, and the reply comes again
    if (kind === 'crash-on-reply') return void decide(this.saga, { kind: 'replied', ...reply }, { definition, random: 0.5 })
    if (kind !== 'reply-copy') this.replies.splice(at, 1)
    this.happens({ kind: 'replied', ...reply })
  }

  private happens(input: SagaInput): void {
    const before = this.saga
    const decision = decide(before, input, { definition, random: 0.5 })
    this.saga = decision.next
    if (decision.keepsTimer !== true) this.isTimerSet = decision.wakeAfterMs !== undefined
    if (decision.ending !== undefined) this.endings.push(decision.ending)
    for (const entry of decision.log) {
      if (entry.step === 'ship' && (entry.kind === 'done' || entry.kind === 'refused')) this.pivot = entry.kind
      if (entry.kind === 'done' && entry.direction === 'undo') this.undoneFor.add(entry.step ?? '')
    }
    if (decision.command !== undefined) this.send(decision.command.stepKey)
    if (before.stuck === undefined && this.saga.stuck !== undefined && decision.ending !== 'stuck') this.faults.push('stuck in silence')
    const isMoving = this.saga.status === 'running' || this.saga.status === 'compensating'
    if (isMoving !== this.isTimerSet) this.faults.push(`${this.saga.status} with timer ${this.isTimerSet}`)
  }

  private send(stepKey: string): void {
    const key = readStepKey(stepKey)
    if (key?.slug === 'ship') this.pivot = this.pivot === 'unsent' ? 'unknown' : this.pivot
    if (key?.direction === 'undo' && (this.pivot === 'unknown' || this.pivot === 'done'))
      this.faults.push(`undo with the pivot ${this.pivot}`)
    if (key?.direction === 'undo' && this.undoneFor.has(key.slug.replace('-', ' '))) this.faults.push(`undo of ${key.slug} again`)
    this.lastId += 1
    this.commands.push({ id: this.lastId, stepKey })
  }
}
