import { parseAnswer, type AnyAnswer, type AnyBoundOperation } from '@ashlar/contract'
import type { Transaction } from '@ashlar/persistence'
import type { Principal } from '@ashlar/security'
import { emitting } from './emitting.ts'
import {
  Settled,
  type LocalHandler,
  type OperationHandler,
  type RequestContext,
  type StagedHandler,
  type StagedParts,
  type TransactionContext,
} from './handlers.ts'
import type { Hosted } from './hosted.ts'

/** One request or command on its way to its handler. */
export interface Asked {
  readonly operation: AnyBoundOperation
  readonly input: unknown
  readonly principal: Principal
  readonly stepKey: string
  readonly signal: AbortSignal
}

/** A handler in its service. */
export interface Kept<Handler extends OperationHandler = OperationHandler> {
  readonly hosted: Hosted
  readonly handler: Handler
}

/** What surrounds the handler in the transaction that completes the deed: it may find the deed done already, and records the answer. */
export interface Around {
  /** Returns an answer to stop there: the deed was done before. */
  before(tx: Transaction): Promise<AnyAnswer | undefined>
  after(tx: Transaction, answer: AnyAnswer): Promise<void>
}

/** Runs a local handler: state, events, records and answer commit together or not at all. */
export function runLocal({ hosted, handler }: Kept<LocalHandler>, asked: Asked, around: Around): Promise<AnyAnswer> {
  const handle = handler.make(hosted.definition.needs)
  return completing({ hosted, asked, around }, (context) => handle(asked.input, context))
}

/** Runs a staged handler: its effect happens between two transactions, with none open. */
export async function runStaged({ hosted, handler }: Kept<StagedHandler>, asked: Asked, around: Around): Promise<AnyAnswer> {
  const parts = handler.make(hosted.definition.needs)
  const opened = await open(hosted, parts, asked)
  if (opened instanceof Settled) return completing({ hosted, asked, around }, () => Promise.resolve(opened.answer))
  const outcome: unknown = await parts.effect(opened, { ...requestContext(hosted, asked), key: asked.stepKey, signal: asked.signal })
  return completing({ hosted, asked, around }, (context) => parts.complete(opened, outcome, context))
}

function open(hosted: Hosted, parts: StagedParts<AnyBoundOperation, unknown, unknown>, asked: Asked): Promise<unknown> {
  const { open: opening } = parts
  if (opening === undefined) return Promise.resolve(asked.input)
  return hosted.database.transaction(async (tx) => {
    const announced = emittingFor(hosted, asked)
    const opened = await opening(asked.input, { ...requestContext(hosted, asked), tx, emit: announced.emit })
    await announced.flush(tx)
    return opened
  })
}

function completing(
  { hosted, asked, around }: { hosted: Hosted; asked: Asked; around: Around },
  handle: (context: TransactionContext<AnyBoundOperation>) => Promise<unknown>,
): Promise<AnyAnswer> {
  return hosted.database.transaction(async (tx) => {
    const earlier = await around.before(tx)
    if (earlier !== undefined) return earlier
    const announced = emittingFor(hosted, asked)
    const answer = parseAnswer(asked.operation, await handle({ ...requestContext(hosted, asked), tx, emit: announced.emit }))
    await announced.flush(tx)
    await around.after(tx, answer)
    return answer
  })
}

/** What a handler knows of who asks. Where the contract's access is `customer`, the access check has let only customers through. */
export function requestContext(hosted: Hosted, { principal, stepKey }: Asked): RequestContext<AnyBoundOperation> {
  const customer = principal.kind === 'customer' ? principal : undefined
  return { principal, customer: customer as undefined, stepKey, logger: hosted.logger }
}

function emittingFor(hosted: Hosted, asked: Asked) {
  return emitting(hosted.definition.contract, asked.operation.emits, asked.operation.address)
}
