import type { Outcome } from '../core/saga.ts'
import { readStepKey } from '../step-key.ts'

export interface ModelCommand {
  readonly id: number
  readonly stepKey: string
}
export interface ModelReply {
  readonly stepKey: string
  readonly outcome: Outcome
}

type Effect = 'none' | 'done' | 'undone' | 'tombstone'

/**
 * Participants as their duties say: each message once (inbox), each deed once (its row), an undo without its do leaves
 * a tombstone. A refused do is forgotten, so a copy of it may succeed; only the pivot and forward steps remember refusals.
 */
export class ModelParticipants {
  readonly effects = new Map<string, Effect>()
  readonly times = new Map<string, number>()
  private readonly received = new Set<number>()
  private readonly refusals = new Set<string>()
  private readonly moods: boolean[]
  private isWilling = false

  /** `moods` says, one after the other, whether a deed that could be refused is. */
  constructor(moods: readonly boolean[]) {
    this.moods = [...moods]
  }

  /** From now on nothing is refused for its own sake. */
  becomeWilling(): void {
    this.isWilling = true
  }

  handle({ id, stepKey }: ModelCommand): ModelReply | undefined {
    const key = readStepKey(stepKey)
    if (key === undefined || this.received.has(id)) return undefined
    this.received.add(id)
    return { stepKey, outcome: key.direction === 'do' ? this.do(key.slug, stepKey) : this.undo(key.slug, stepKey) }
  }

  private do(slug: string, stepKey: string): Outcome {
    const effect = this.effects.get(slug) ?? 'none'
    if (effect === 'done') return { ok: true, value: { receipt: slug } }
    if (effect !== 'none') return { ok: false, code: 'taken_back' }
    const remembers = slug === 'ship' || slug === 'commit-stock'
    if (this.refuses(remembers ? stepKey : undefined)) return { ok: false, code: 'refused' }
    return this.apply(slug, 'done', 'do')
  }

  private undo(slug: string, stepKey: string): Outcome {
    const effect = this.effects.get(slug) ?? 'none'
    if (effect === 'undone' || effect === 'tombstone') return { ok: true, value: { receipt: slug } }
    if (this.refuses(stepKey)) return { ok: false, code: 'refused' }
    return effect === 'done' ? this.apply(slug, 'undone', 'undo') : this.apply(slug, 'tombstone', 'tombstone')
  }

  private refuses(remembered: string | undefined): boolean {
    if (remembered !== undefined && this.refusals.has(remembered)) return true
    const refuses = !this.isWilling && (this.moods.shift() ?? false)
    if (refuses && remembered !== undefined) this.refusals.add(remembered)
    return refuses
  }

  private apply(slug: string, effect: Effect, deed: string): Outcome {
    this.effects.set(slug, effect)
    this.times.set(`${deed} ${slug}`, (this.times.get(`${deed} ${slug}`) ?? 0) + 1)
    return { ok: true, value: { receipt: slug } }
  }
}
