import { parseAnswer, RequestRefusedError, type AnyAnswer, type AnyBoundOperation } from '@ashlar/contract'
import { newId } from '@ashlar/messaging'
import type { Transaction } from '@ashlar/persistence'
import type { Principal } from '@ashlar/security'
import { boundedEffect } from './bounded-effect.ts'
import { emitting } from './emitting.ts'
import { Settled, type OperationHandler, type RequestContext, type TransactionContext } from './handlers.ts'
import type { Hosted } from './hosted.ts'

/** One request or command on its way to its handler. */
export interface Asked {
  readonly input: unknown
  readonly principal: Principal
  /** Empty where the contract asks for no key. */
  readonly stepKey: string
  /** Id of the message that asks. */
  readonly causationId?: string
  /** Tells when nobody waits for the answer any more. */
  readonly waiting?: () => AbortSignal
}

/** What surrounds the handler in the transaction that completes the deed: it may find the deed done already, and records the answer. */
export interface Around {
  /** Returns an answer to stop there: the deed was done before. */
  before(tx: Transaction): Promise<AnyAnswer | undefined>
  after(tx: Transaction, answer: AnyAnswer): Promise<void>
}

/** A handler, ready to be asked. */
export type Run = (asked: Asked, around?: Around) => Promise<AnyAnswer>

/** A handler threw a refusal. Refusals are the platform's, said before a handler runs; here it is a bug like anything else that is thrown. */
export class HandlerRefusedError extends Error {
  override readonly name = 'HandlerRefusedError'
}

const nothingAround: Around = { before: () => Promise.resolve(undefined), after: () => Promise.resolve() }

/** An operation's handler in its service. */
export interface Kept {
  readonly handler: OperationHandler
  readonly run: Run
}

/** Makes every handler that does a deed ready, once: calls and commands share it. */
export function keptBy(hosted: Hosted): ReadonlyMap<string, Kept> {
  return new Map(
    Object.entries(hosted.definition.operations).flatMap(([name, handler]) =>
      handler.shape === 'streamed' ? [] : [[name, { handler, run: runnerOf(hosted, handler) }] as const],
    ),
  )
}

/**
 * Gives its needs to a handler and makes it ready to be asked. State, events, records and answer of a deed commit together
 * or not at all; a staged effect runs between two transactions, with none open. A query opens no transaction.
 */
function runnerOf(hosted: Hosted, handler: OperationHandler): Run {
  const { operation } = handler
  if (handler.shape === 'local') {
    const handle = handler.make(hosted.definition.needs)
    return (asked, around) => completing({ hosted, operation, asked, around }, (context) => handle(asked.input, context))
  }
  const parts = handler.make(hosted.definition.needs)
  return async (asked, around) => {
    const deed = { hosted, operation, asked, around }
    const opened = parts.open === undefined ? asked.input : await opening(deed, (context) => parts.open?.(asked.input, context))
    if (opened instanceof Settled) return completing(deed, () => Promise.resolve(opened.answer))
    const outcome = await acting(deed, (context) => parts.effect(opened, context))
    return completing(deed, (context) => parts.complete(opened, outcome, context))
  }
}

interface Deed {
  readonly hosted: Hosted
  readonly operation: AnyBoundOperation
  readonly asked: Asked
  readonly around: Around | undefined
}

function opening(deed: Deed, open: (context: TransactionContext<AnyBoundOperation>) => unknown): Promise<unknown> {
  return within(deed, async (tx) => {
    const announced = emittingFor(deed)
    const opened = await byHandler(deed, () => open({ ...requestContext(deed), tx, emit: announced.emit }))
    await announced.flush(tx)
    return opened
  })
}

function acting(
  deed: Deed,
  effect: (context: RequestContext<AnyBoundOperation> & { key: string; signal: AbortSignal }) => Promise<unknown>,
): Promise<unknown> {
  const { hosted, operation, asked } = deed
  const until = asked.waiting === undefined ? [hosted.work.signal] : [hosted.work.signal, asked.waiting()]
  // a deed without a key of its own is not known outside by anybody else's
  const key = asked.stepKey === '' ? newId() : asked.stepKey
  return byHandler(deed, () => boundedEffect(operation.address, until, (signal) => effect({ ...requestContext(deed), key, signal })))
}

function completing(deed: Deed, handle: (context: TransactionContext<AnyBoundOperation>) => Promise<unknown>): Promise<AnyAnswer> {
  const { operation, around = nothingAround } = deed
  return within(deed, async (tx) => {
    const earlier = await around.before(tx)
    if (earlier !== undefined) return earlier
    const announced = emittingFor(deed)
    const answer = parseAnswer(operation, await byHandler(deed, () => handle({ ...requestContext(deed), tx, emit: announced.emit })))
    await announced.flush(tx)
    await around.after(tx, answer)
    return answer
  })
}

function within<Result>({ hosted, operation }: Deed, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  // the types give a query's handler no more than `Queryable`, which the database is
  return operation.kind === 'query' ? work(hosted.database as unknown as Transaction) : hosted.database.transaction(work)
}

async function byHandler<Result>({ operation }: Deed, work: () => Result): Promise<Awaited<Result>> {
  try {
    return await work()
  } catch (cause) {
    // passed on as it is, it would tell the caller that nothing has happened
    if (cause instanceof RequestRefusedError)
      throw new HandlerRefusedError(`the handler of ${operation.address} threw a refusal: ${cause.message}`, { cause })
    throw cause
  }
}

/** What a handler knows of who asks. Where the contract's access is `customer`, the access check has let only customers through. */
function requestContext({ hosted, asked: { principal, stepKey } }: Deed): RequestContext<AnyBoundOperation> {
  const customer = principal.kind === 'customer' ? principal : undefined
  return { principal, customer: customer as undefined, stepKey, logger: hosted.logger }
}

function emittingFor({ hosted, operation, asked }: Deed) {
  return emitting(hosted.definition.contract, { who: operation.address, allowed: operation.emits, causationId: asked.causationId })
}
