import type { AnyBoundOperation, AnyContract } from '@ashlar/contract'
import type { Face } from '@ashlar/rpc'
import type { SagaDefinition } from '@ashlar/saga'
import type { OperationHandler, Reaction, StreamedHandler } from './handlers.ts'

type HandlersOf<C extends AnyContract> = { readonly [Name in keyof C['operations']]: HandlerOf<C['operations'][Name]> }
type HandlerOf<Op extends AnyBoundOperation> = Op['kind'] extends 'subscription' ? StreamedHandler<Op> : OperationHandler<Op>
type Stated<Needs> = unknown extends Needs ? never : Needs
type NeedsOf<Part> = Part extends { readonly make: (needs: infer Needs) => unknown }
  ? Stated<Needs>
  : Part extends SagaDefinition<any, infer Needs>
    ? Stated<Needs>
    : never
type Together<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void ? All : never
type Values<Table> = Table[keyof Table]

/** A service ready to be served: its promise, who keeps each part of it, and what they need. */
export interface ServiceDefinition<C extends AnyContract = AnyContract> {
  readonly contract: C
  readonly operations: Readonly<Record<string, OperationHandler | StreamedHandler>>
  readonly reactions: Readonly<Record<string, Reaction>>
  readonly sagas: readonly SagaDefinition[]
  readonly needs: unknown
  /** Folder of its own migrations: a database that lacks one of them is not served on. */
  readonly migrations?: URL
  /** Wires it can be called on beside the tRPC wire. */
  readonly faces?: readonly Face[]
}

/**
 * Puts a service together: every operation of the contract with its handler (a missing one does not compile), the
 * reactions, the sagas, and the sum of what they need.
 */
export function service<
  C extends AnyContract,
  Ops extends HandlersOf<C>,
  Reactions extends Readonly<Record<string, Reaction>> = {},
  Sagas extends readonly SagaDefinition[] = readonly [],
>(
  contract: C,
  parts: {
    operations: Ops
    reactions?: Reactions
    sagas?: Sagas
    migrations?: URL
    faces?: readonly Face[]
    needs: Together<NeedsOf<Values<Ops>> | NeedsOf<Values<Reactions>> | NeedsOf<Sagas[number]>>
  },
): ServiceDefinition<C> {
  return {
    contract,
    operations: parts.operations as Readonly<Record<string, OperationHandler | StreamedHandler>>,
    reactions: parts.reactions ?? {},
    sagas: parts.sagas ?? [],
    needs: parts.needs,
    ...(parts.migrations === undefined ? {} : { migrations: parts.migrations }),
    ...(parts.faces === undefined ? {} : { faces: parts.faces }),
  }
}
