import {
  parseAnswer,
  parseInput,
  type AnyBoundOperation,
  type AnyContract,
  type FailureOf,
  type SentOutputOf,
  type Tracked,
  type z,
} from '@ashlar/contract'
import type { Implementation, IncomingCall, Invoke } from './implementation.ts'

type Handler<Op extends AnyBoundOperation> = (input: z.output<Op['input']>, call: IncomingCall) => Promise<Returned<Op> | FailureOf<Op>>
type Returned<Op extends AnyBoundOperation> = Op['kind'] extends 'subscription'
  ? AsyncIterable<Tracked<SentOutputOf<Op>>>
  : SentOutputOf<Op>

/** One plain function for each operation of a contract. */
export type Handlers<C extends AnyContract> = { readonly [Name in keyof C['operations']]: Handler<C['operations'][Name]> }
type AnyHandler = (input: unknown, call: IncomingCall) => Promise<unknown>

/**
 * Keeps a contract by plain functions. Inputs are checked before a function sees them, answers before they leave: an
 * output or a declared error that the contract does not allow is thrown as `OutputInvalidError`. Throws `TypeError` at
 * once when an operation has no function.
 */
export function implement<C extends AnyContract>(contract: C, handlers: Handlers<C>): Implementation {
  const invoke = new Map<string, Invoke>()
  for (const [name, operation] of Object.entries(contract.operations)) {
    // its input type is the operation's own: what `parseInput` gives
    const handle = handlers[name] as unknown as AnyHandler | undefined
    if (handle === undefined) throw new TypeError(`${operation.address} has no handler`)
    invoke.set(name, async (raw, call) => parseAnswer(operation, await handle(parseInput(operation, raw), call)))
  }
  return { contract, invoke }
}
