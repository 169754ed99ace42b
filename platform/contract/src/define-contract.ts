import { bindEvents } from './bind-events.ts'
import type { AnyEvent, BoundEvent, Event } from './event.ts'
import { refuseBadContract } from './refusals.ts'
import type { AnyOperation, BoundOperation } from './operation.ts'

type Operations = Readonly<Record<string, AnyOperation>>
type Events = Readonly<Record<string, AnyEvent>>
type BoundOperations<Ops extends Operations> = { readonly [Name in keyof Ops]: BoundOperation<Ops[Name]> }
type BoundEvents<Evs extends Events> = { readonly [Name in keyof Evs]: Evs[Name] extends Event<infer Data> ? BoundEvent<Data> : never }

interface ContractParts<Ops extends Operations, Evs extends Events> {
  readonly name: string
  readonly version: number
  /** `orders.v1`: what instances register and callers ask for. */
  readonly id: string
  readonly operations: BoundOperations<Ops>
  readonly events: BoundEvents<Evs>
}

/** Everything one service promises. Its operations are also its own members: `orders.placeOrder`. */
export type Contract<Ops extends Operations = {}, Evs extends Events = {}> = ContractParts<Ops, Evs> & BoundOperations<Ops>
export type AnyContract = ContractParts<Operations, Events>

/** The type of a contract, to be named by an interface so that declarations stay small: `interface Orders extends ContractOf<typeof orders> {}`. */
export type ContractOf<C extends AnyContract> = C

/**
 * Binds operations and events to a contract's name and version, and checks that every promise can be kept in any
 * language. Throws `ContractRefusedError` with every problem, its path and what to do instead.
 */
export function defineContract<const Ops extends Operations, const Evs extends Events = {}>(definition: {
  name: string
  version: number
  operations: Ops
  events?: Evs
}): Contract<Ops, Evs> {
  const { name, version } = definition
  const events = definition.events ?? ({} as Evs)
  refuseBadContract({ name, version, operations: definition.operations, events })

  const boundOperations = Object.fromEntries(
    Object.entries(definition.operations).map(([operation, promise]) => [
      operation,
      { ...promise, contract: name, version, name: operation, address: `${name}.v${version}/${operation}` },
    ]),
  )
  const boundEvents = bindEvents(name, events)
  return {
    ...boundOperations,
    name,
    version,
    id: `${name}.v${version}`,
    operations: boundOperations,
    events: boundEvents,
  } as unknown as Contract<Ops, Evs>
}
