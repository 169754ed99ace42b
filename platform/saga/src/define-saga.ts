import type { AnyBoundOperation, AnyEvent, BoundEvent, Event, z } from '@ashlar/contract'
import type { Command, EndingHandler, SagaDefinition, Step, StepKind, StepOptions, StepPolicy } from './definition.ts'
import { refuseBadSaga } from './refuse-bad-saga.ts'

/** An event as a handler names it: as the contract lists it, or as it was declared. */
export type Emitted<E extends AnyEvent> = E extends BoundEvent<infer Data> ? Event<Data> : E

/** What a pivot or forward step is: a command, without an undo. */
export type ForwardOptions<State, Op extends AnyBoundOperation> = Omit<StepOptions<State, Op, never>, 'undo'>

/** What happens in the transaction of a saga's last transition, or of the one that cannot go on. */
export interface Endings<State, Emits extends AnyEvent, Completed, Compensated, Stuck> {
  readonly completed: EndingHandler<State, Emits, Completed>
  readonly compensated: EndingHandler<State, Emits, Compensated>
  readonly stuck: EndingHandler<State, Emits, Stuck>
}

/** Steps after the point of no return. */
export interface ForwardSaga<State, Emits extends AnyEvent> {
  /** Adds a step that is retried until it is done; refused or exhausted, the saga needs attention. */
  forward<Op extends AnyBoundOperation>(name: string, options: ForwardOptions<State, Op>): ForwardSaga<State, Emits>
  /** Names the operation that may abort the saga until the pivot's command is written. */
  abortableBy(operation: AnyBoundOperation): ForwardSaga<State, Emits>
  /** Completes the definition and checks it. Throws `SagaRefusedError` with every problem. */
  endsAs<Completed, Compensated, Stuck>(
    endings: Endings<State, Emits, Completed, Compensated, Stuck>,
  ): SagaDefinition<State, Completed & Compensated & Stuck>
}

/** Steps before the point of no return. */
export interface UndoableSaga<State, Emits extends AnyEvent> extends ForwardSaga<State, Emits> {
  /** Adds a step that can be taken back. */
  step<Op extends AnyBoundOperation, Undo extends AnyBoundOperation = never>(
    name: string,
    options: StepOptions<State, Op, Undo>,
  ): UndoableSaga<State, Emits>
  /** Adds the point of no return: refused, everything before it is taken back; done, there is only forward; unknown, it is asked again. */
  pivot<Op extends AnyBoundOperation>(name: string, options: ForwardOptions<State, Op>): ForwardSaga<State, Emits>
}

interface SagaOptions<State, Emits extends AnyEvent> {
  /** Raise it whenever steps change, and keep the old definition for as long as sagas of it live. */
  readonly version: number
  readonly state: z.ZodType<State>
  /** What the saga is about, unique among the sagas of this name: an order's id. */
  readonly key: (state: State) => string
  readonly emits?: readonly Emits[]
}

type Draft = Pick<SagaDefinition, 'name' | 'version' | 'state' | 'key' | 'emits' | 'steps'> & { readonly abortableBy?: AnyBoundOperation }

/** Begins the definition of a saga: steps that can be undone, then at most one pivot, then forward steps, then `endsAs`. */
export function defineSaga<State, const Emits extends AnyEvent = never>(
  name: string,
  { version, state, key, emits = [] }: SagaOptions<State, Emits>,
): UndoableSaga<State, Emitted<Emits>> {
  return builder<State, Emitted<Emits>>({ name, version, state, key, emits, steps: [] })
}

function builder<State, Emits extends AnyEvent>(draft: Draft): UndoableSaga<State, Emits> {
  const adding = (kind: StepKind) => (name: string, options: StepOptions<State, any, any>) =>
    builder<State, Emits>({ ...draft, steps: [...draft.steps, asStep({ name, kind }, options)] })
  return {
    step: adding('compensatable'),
    pivot: adding('pivot'),
    forward: adding('forward'),
    abortableBy: (abortableBy) => builder({ ...draft, abortableBy }),
    endsAs(endings) {
      const definition: SagaDefinition = { ...draft, ...(endings as Pick<SagaDefinition, 'completed' | 'compensated' | 'stuck'>) }
      refuseBadSaga(definition)
      return definition
    },
  }
}

function asStep({ name, kind }: { name: string; kind: StepKind }, options: StepOptions<any, any, any>): Step<any> {
  const { keep, undo, refusals } = options
  return {
    name,
    kind,
    operation: options.send,
    input: options.with,
    refusals: (refusals ?? {}) as Readonly<Record<string, string>>,
    policy: policyOf(options, kind === 'compensatable' ? 5 : 20),
    ...(keep === undefined ? {} : { keep: keep as NonNullable<Step['keep']> }),
    ...(undo === undefined ? {} : { undo: undoOf(undo) }),
  }
}

function undoOf(undo: Command<any, any>): NonNullable<Step['undo']> {
  return { operation: undo.send, input: undo.with, policy: policyOf(undo, 20) }
}

function policyOf({ timeoutMs = 5_000, attempts }: StepPolicy, defaultAttempts: number): Required<StepPolicy> {
  return { timeoutMs, attempts: attempts ?? defaultAttempts }
}
