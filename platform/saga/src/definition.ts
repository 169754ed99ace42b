import type { AnyBoundOperation, AnyEvent, FailureOf, InputOf, OutputOf, z } from '@ashlar/contract'
import type { Transaction } from '@ashlar/persistence'

/** How hard one step is tried before the saga turns round (before the pivot) or asks for help (from the pivot on). */
export interface StepPolicy {
  /** How long a reply is waited for before the command is sent again under the same key. Default 5,000. */
  readonly timeoutMs?: number
  /** How often the command is sent in all. Default 5 before the pivot, 20 from the pivot on and for undos. */
  readonly attempts?: number
}

type CodeOf<Op extends AnyBoundOperation> = FailureOf<Op> extends { readonly failedCode: infer Code extends string } ? Code : never

/** A command a saga sends: which operation, and its input made from the saga's state. */
export interface Command<State, Op extends AnyBoundOperation> extends StepPolicy {
  readonly send: Op
  readonly with: (state: State) => InputOf<Op>
}

export interface StepOptions<State, Op extends AnyBoundOperation, Undo extends AnyBoundOperation> extends Command<State, Op> {
  /** Keeps what later steps need from the answer. */
  readonly keep?: (state: State, answer: OutputOf<Op>) => State
  /** The reason the saga ends with, for each declared error; the error's own code unless said. */
  readonly refusals?: Partial<Record<CodeOf<Op>, string>>
  /** Takes the step back. It may arrive although, or before, the step itself did not: the participant must accept that. */
  readonly undo?: Command<State, Undo>
}

export type StepKind = 'compensatable' | 'pivot' | 'forward'

/** A step as the engine reads it. */
export interface Step<State = unknown> {
  readonly name: string
  readonly kind: StepKind
  readonly operation: AnyBoundOperation
  readonly input: (state: State) => unknown
  readonly keep?: (state: State, answer: unknown) => State
  readonly refusals: Readonly<Record<string, string>>
  readonly undo?: {
    readonly operation: AnyBoundOperation
    readonly input: (state: State) => unknown
    readonly policy: Required<StepPolicy>
  }
  readonly policy: Required<StepPolicy>
}

/** How a saga ended, or that it cannot go on: `reason` is a declared error's code, an abort's reason, or what is stuck. */
export interface Ending<State> {
  readonly state: State
  readonly reason: string | undefined
}

export interface EndingContext<Emits extends AnyEvent> {
  readonly tx: Transaction
  readonly emit: <E extends Emits>(event: E, data: z.input<E['data']>) => void
}

/** Runs in the transaction of the saga's last transition. */
export type EndingHandler<State, Emits extends AnyEvent, Needs> = (
  needs: Needs,
) => (ending: Ending<State>, context: EndingContext<Emits>) => Promise<void>

export interface SagaDefinition<State = any, Needs = any> {
  readonly name: string
  readonly version: number
  readonly state: z.ZodType<State>
  readonly key: (state: State) => string
  readonly emits: readonly AnyEvent[]
  readonly steps: readonly Step<State>[]
  /** Operation that may abort it, until the pivot has been sent. */
  readonly abortableBy?: AnyBoundOperation
  readonly completed: EndingHandler<State, AnyEvent, Needs>
  readonly compensated: EndingHandler<State, AnyEvent, Needs>
  readonly stuck: EndingHandler<State, AnyEvent, Needs>
}
