import type { z } from 'zod'
import type { Failed } from './answer.ts'
import type { Deprecation } from './deprecation.ts'
import type { AnyEvent } from './event.ts'
import type { Access, Policy } from './policy.ts'
import type { StatusCode } from './status-code.ts'

export type OperationKind = 'query' | 'mutation' | 'subscription'

/** A declared error: the status it travels with and the shape of its data. */
export interface DeclaredError<Data extends z.ZodType | undefined = z.ZodType | undefined> {
  readonly status: StatusCode
  readonly data?: Data
}
export type DeclaredErrors = Readonly<Record<string, DeclaredError>>

/** Defaults a deployment may override; never part of what is promised. */
export interface Hints {
  readonly rateClass?: string
  readonly timeoutMs?: number
  readonly maxBodyBytes?: number
}

/** The operation's face at the gateway. `{name}` segments of the path are fields of the input. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/${string}`
  /** Status of a good answer; 200 unless said. 204 sends no body. */
  readonly status?: number
}

/** One promise: what goes in, what comes out (of a subscription: each item), what may be refused, who may ask, what is announced. */
export interface Operation<
  Kind extends OperationKind = OperationKind,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Errors extends DeclaredErrors = DeclaredErrors,
  Who extends Access = Access,
  Emits extends readonly AnyEvent[] = readonly AnyEvent[],
> {
  readonly kind: Kind
  readonly input: Input
  readonly output: Output
  readonly errors: Errors
  readonly policy: Policy<Who>
  readonly emits: Emits
  readonly hints: Hints
  readonly rest?: RestRoute
  readonly deprecated?: Deprecation
}

/** An operation that knows its contract. `address` (`orders.v1/placeOrder`) names it on the wire and in logs. */
export type BoundOperation<Op extends AnyOperation = AnyOperation> = Op & {
  readonly contract: string
  readonly version: number
  readonly name: string
  readonly address: string
}

export type AnyOperation = Operation
export type AnyBoundOperation = BoundOperation

/** The input as a caller writes it. */
export type InputOf<Op extends AnyOperation> = z.input<Op['input']>
/** The output as a caller reads it; of a subscription one item's data. */
export type OutputOf<Op extends AnyOperation> = z.output<Op['output']>
/** The output as a handler returns it; of a subscription one item's data. */
export type SentOutputOf<Op extends AnyOperation> = z.input<Op['output']>
/** The events an operation may emit. */
export type EmittedBy<Op extends AnyOperation> = Op['emits'][number]
/** The declared errors of an operation, as `failed(code, data)` builds them. */
export type FailureOf<Op extends AnyOperation> = {
  [Code in keyof Op['errors'] & string]: Failed<
    Code,
    Op['errors'][Code] extends { data: infer Data extends z.ZodType } ? z.output<Data> : undefined
  >
}[keyof Op['errors'] & string]

interface Definition<I, O, E, W extends Access, Ev> {
  input: I
  output: O
  errors?: E
  policy: Policy<W>
  emits?: Ev
  hints?: Hints
  rest?: RestRoute
  deprecated?: Deprecation
}

/** Declares an operation that changes nothing and may be repeated freely. */
export function query<I extends z.ZodType, O extends z.ZodType, const E extends DeclaredErrors = {}, const W extends Access = Access>(
  definition: Omit<Definition<I, O, E, W, never>, 'emits'>,
): Operation<'query', I, O, E, W, readonly []> {
  return { kind: 'query', errors: {} as E, hints: {}, emits: [], ...definition }
}

/** Declares an operation that changes something. With `idempotency: 'key'` it can also be sent as a durable command. */
export function mutation<
  I extends z.ZodType,
  O extends z.ZodType,
  const E extends DeclaredErrors = {},
  const W extends Access = Access,
  const Ev extends readonly AnyEvent[] = readonly [],
>(definition: Definition<I, O, E, W, Ev>): Operation<'mutation', I, O, E, W, Ev> {
  return { kind: 'mutation', errors: {} as E, hints: {}, emits: [] as unknown as Ev, ...definition }
}

/**
 * Declares an operation that answers with items, now and as they come, each under an id by which a caller resumes where it left
 * off. `output` is the shape of one item. It changes nothing, and what a caller has seen it can ask for again.
 */
export function subscription<
  I extends z.ZodType,
  O extends z.ZodType,
  const E extends DeclaredErrors = {},
  const W extends Access = Access,
>(definition: Omit<Definition<I, O, E, W, never>, 'emits'>): Operation<'subscription', I, O, E, W, readonly []> {
  return { kind: 'subscription', errors: {} as E, hints: {}, emits: [], ...definition }
}
