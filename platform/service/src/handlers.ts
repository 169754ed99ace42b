import type {
  AnyBoundOperation,
  AnyEvent,
  BoundEvent,
  EmittedBy,
  EventData,
  FailureOf,
  OperationKind,
  SentOutputOf,
  Tracked,
  z,
} from '@ashlar/contract'
import type { Queryable, Transaction } from '@ashlar/persistence'
import type { Customer, Principal } from '@ashlar/security'
import type { Logger } from '@observability/telemetry'

type AccessOf<Op extends AnyBoundOperation> = Op['policy']['access']
type TransactionFor<Kind extends OperationKind> = Kind extends 'query' ? Queryable : Transaction

/** Announces a fact together with the transaction it is called in; nothing is sent if that rolls back. Throws at once when the data is not what the contract says. */
export type Emit<Emits extends AnyEvent> = <E extends Emits>(event: E, data: z.input<E['data']>) => void

/** What every handler of an operation knows about the request it answers. */
export interface RequestContext<Op extends AnyBoundOperation> {
  readonly principal: Principal
  /** The customer who asks; only where the contract's access is `customer`. */
  readonly customer: AccessOf<Op> extends 'customer' ? Customer : undefined
  /**
   * Names this deed: who asks, which operation, and their key (a saga's step key or an idempotency key), whether it was
   * called or sent. Keep it on the row the deed makes, unique, for as long as the row lives. Empty where the contract asks
   * for no key.
   */
  readonly stepKey: string
  readonly logger: Logger
}

export interface TransactionContext<Op extends AnyBoundOperation> extends RequestContext<Op> {
  /** The open transaction. A query reads without one: each statement sees its own snapshot. */
  readonly tx: TransactionFor<Op['kind']>
  readonly emit: Emit<EmittedBy<Op>>
}

/** What happens outside the database is told under which key, and when to give up. */
export interface EffectContext<Op extends AnyBoundOperation> extends RequestContext<Op> {
  /** The step key; a new one for each request where the contract asks for none. */
  readonly key: string
  /** Aborted when the caller stops waiting, after 30 s, or when the process stops. What came of the effect is then unknown. */
  readonly signal: AbortSignal
}

export type Result<Op extends AnyBoundOperation> = SentOutputOf<Op> | FailureOf<Op>
type Input<Op extends AnyBoundOperation> = z.output<Op['input']>

/** The message a reaction is given, apart from its data. */
export interface ReactionContext {
  readonly messageId: string
  readonly source: string
  readonly aggregateVersion: number
  readonly occurredAt: string
  readonly logger: Logger
}

export interface ReactionTransactionContext extends ReactionContext {
  readonly tx: Transaction
  /** Announces a fact of the reacting service's own contract. */
  readonly emit: Emit<AnyEvent>
}

export interface ReactionEffectContext extends ReactionContext {
  readonly key: string
  readonly signal: AbortSignal
}

/**
 * The order a reaction needs. `none`: any, each message once. `latest`: a version older than one already seen is dropped.
 * `strict`: every version of the aggregate in turn; a dead letter holds back what follows it.
 */
export type ReactionOrder = 'none' | 'latest' | 'strict'
export interface ReactionOptions {
  readonly order?: ReactionOrder
  /** How many messages are in hand at once: 4 unless said, 16 for a staged reaction, 1 in strict order. */
  readonly concurrency?: number
  /** 16 unless said, which takes some four minutes. */
  readonly maxAttempts?: number
}

/** `open` may find that the deed is done already: `return settled(answer)` skips the effect. */
export class Settled<Value> {
  readonly answer: Value
  constructor(answer: Value) {
    this.answer = answer
  }
}
export function settled<Value>(answer: Value): Settled<Value> {
  return new Settled(answer)
}

export interface LocalHandler<Op extends AnyBoundOperation = AnyBoundOperation, Needs = any> {
  readonly shape: 'local'
  readonly operation: Op
  // not inferred from: what a handler returns must be read as its contract's output, or its enums widen to strings
  readonly make: (needs: Needs) => NoInfer<(input: Input<Op>, context: TransactionContext<Op>) => Promise<Result<Op>>>
}

/** The three parts of a deed that reaches outside: two transactions around an effect that runs with none open. */
export interface StagedParts<Op extends AnyBoundOperation, Opened, Outcome> {
  open?: (input: Input<Op>, context: TransactionContext<Op>) => Promise<Opened | Settled<Result<Op>>>
  effect: (opened: Opened, context: EffectContext<Op>) => Promise<Outcome>
  complete: (opened: Opened, outcome: Outcome, context: TransactionContext<Op>) => Promise<Result<Op>>
}

export interface StagedHandler<Op extends AnyBoundOperation = AnyBoundOperation, Needs = any> {
  readonly shape: 'staged'
  readonly operation: Op
  readonly make: (needs: Needs) => StagedParts<Op, any, any>
}

export interface LocalReaction<Ev extends BoundEvent = BoundEvent, Needs = any> {
  readonly shape: 'local'
  readonly event: Ev
  readonly options: ReactionOptions
  readonly make: (needs: Needs) => (data: EventData<Ev>, context: ReactionTransactionContext) => Promise<void>
}

export interface StagedReactionParts<Ev extends BoundEvent, Opened, Outcome> {
  /** Returning `settled(undefined)` ends the reaction there. */
  open?: (data: EventData<Ev>, context: ReactionTransactionContext) => Promise<Opened | Settled<undefined>>
  effect: (opened: Opened, context: ReactionEffectContext) => Promise<Outcome>
  complete: (opened: Opened, outcome: Outcome, context: ReactionTransactionContext) => Promise<void>
}

export interface StagedReaction<Ev extends BoundEvent = BoundEvent, Needs = any> {
  readonly shape: 'staged'
  readonly event: Ev
  readonly options: ReactionOptions
  readonly make: (needs: Needs) => StagedReactionParts<Ev, any, any>
}

/** A piece of what a subscription reads, oldest first. */
export interface Stretch<Item> {
  /** Each under its position: a whole number above that of the one before. */
  readonly items: readonly Tracked<Item>[]
  /** Whether nothing will ever follow the last of them. */
  readonly isOver: boolean
}

/** From where and how much of what a subscription tells is read. */
export interface StretchContext<Op extends AnyBoundOperation> extends RequestContext<Op> {
  /** Reads without a transaction: each statement sees its own snapshot. */
  readonly tx: Queryable
  /** The position of the last item the caller has; 0 for none. */
  readonly after: number
  readonly atMost: number
}

/** What a subscription tells is kept in the database, item by item, under positions that only grow. */
export interface StreamedParts<Op extends AnyBoundOperation> {
  /** Names what is followed: a transaction that adds to it says so by `wakeReaders(tx, topic)`. */
  topic: (input: Input<Op>, context: RequestContext<Op>) => string
  /** Reads what comes after a position, or says why this caller may not see it. */
  read: (input: Input<Op>, context: StretchContext<Op>) => Promise<Stretch<SentOutputOf<Op>> | FailureOf<Op>>
}

export interface StreamedHandler<Op extends AnyBoundOperation = AnyBoundOperation, Needs = any> {
  readonly shape: 'streamed'
  readonly operation: Op
  // not inferred from, as in a local handler
  readonly make: (needs: Needs) => NoInfer<StreamedParts<Op>>
}

export type OperationHandler<Op extends AnyBoundOperation = AnyBoundOperation, Needs = any> =
  | LocalHandler<Op, Needs>
  | StagedHandler<Op, Needs>
export type Reaction<Needs = any> = LocalReaction<any, Needs> | StagedReaction<any, Needs>
