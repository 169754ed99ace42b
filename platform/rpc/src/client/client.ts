import {
  Answer,
  type AnswerOf,
  type AnyAnswer,
  type AnyBoundOperation,
  type AnyContract,
  type AshlarErrorShape,
  type InputOf,
} from '@ashlar/contract'
import { CallFailedError, type CallOutcome } from '../wire/call-failed.ts'
import { callOperation, type Calling, type CallOptions } from './call-operation.ts'

type Operations<C extends AnyContract> = C['operations']

/** A contract as its callers use it: one function for each operation that is answered once; a subscription is followed over tRPC's own link. */
export type Client<C extends AnyContract> = {
  readonly [Name in keyof Operations<C> as Operations<C>[Name]['kind'] extends 'subscription' ? never : Name]: (
    input: InputOf<Operations<C>[Name]>,
    options?: CallOptions,
  ) => Promise<AnswerOf<Operations<C>[Name]>>
}

/**
 * Makes the typed client of a contract. A call gives the operation's answer: its output, or an error its contract
 * declares. Anything else is thrown: `CallFailedError`, whose `outcome` says whether the call may have had an effect, or
 * `CallInsideTransactionError`. Request id, trace and deadline of `currentContext()` travel along; the deadline is the
 * shortest of the caller's, `deadlineMs` and the operation's hint, 5 s where neither of these two says anything.
 */
export function createClient<C extends AnyContract>(contract: C, calling: Calling): Client<C> {
  const operations = Object.entries<AnyBoundOperation>(contract.operations).filter(([, { kind }]) => kind !== 'subscription')
  return Object.fromEntries(operations.map(([name, operation]) => [name, caller(operation, calling)])) as unknown as Client<C>
}

function caller(operation: AnyBoundOperation, calling: Calling) {
  return async (input: unknown, options: CallOptions = {}): Promise<AnyAnswer> => {
    const reply = await callOperation(calling, operation, { input, options })
    return reply.ok ? Answer.ok(reply.data) : answerOf(operation, reply.error)
  }
}

/** An error with the name and the status of a declared one is that one; all others are no answer of this operation. */
function answerOf(operation: AnyBoundOperation, { data }: AshlarErrorShape): AnyAnswer {
  const declared = Object.hasOwn(operation.errors, data.reason) ? operation.errors[data.reason] : undefined
  if (declared?.status === data.code) return Answer.failed(data.reason, data.details)
  throw new CallFailedError(operation.address, {
    outcome: outcomeOf(data),
    reason: data.reason,
    status: data.code,
    ...(data.issues === undefined ? {} : { issues: data.issues }),
  })
}

/** A refusal happens before the handler runs. Of the callee's own failures only these are known to. */
const neverStarted = new Set(['deadline_too_short', 'no_healthy_instance'])

function outcomeOf({ httpStatus, reason }: AshlarErrorShape['data']): CallOutcome {
  return httpStatus < 500 || neverStarted.has(reason) ? 'not-sent' : 'unknown'
}
