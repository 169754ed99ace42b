import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context } from '@opentelemetry/api'
import type { StartedSpan } from './tracing/span.ts'
import type { TraceContext } from './trace-context.ts'

/** What travels with one unit of work (a request, a message, a timer) through everything it causes. */
export interface CallContext {
  readonly requestId: string
  /** The step of the trace this work is: parent of whatever it calls. That of `span`, where there is one. */
  readonly trace: TraceContext
  /** The span of this work, if its service traces. Set together with `trace`. */
  readonly span?: StartedSpan
  /** When the caller stops waiting, in milliseconds of `performance.now()`. */
  readonly deadlineAt?: number
  /** Set while a database transaction is open: nothing outside may be called then. */
  readonly transactionOpen?: boolean
}

/** A flow in which somebody has set OpenTelemetry's context, outside of any call. */
export class OutsideCall {
  readonly openTelemetry: Context

  constructor(openTelemetry: Context) {
    this.openTelemetry = openTelemetry
  }
}

/** Holds nothing itself: it is a key into each asynchronous flow, and OpenTelemetry's context is read from the same one. */
export const flow = new AsyncLocalStorage<CallContext | OutsideCall>()

/** Runs work in a context; everything it awaits sees the same one. */
export function runInContext<Result>(context: CallContext, work: () => Result): Result {
  return flow.run(context, work)
}

/** Gives the context of the work now running, if any. */
export function currentContext(): CallContext | undefined {
  const here = flow.getStore()
  return here instanceof OutsideCall ? undefined : here
}
