import { AsyncLocalStorage } from 'node:async_hooks'
import type { TraceContext } from './trace-context.ts'

/** What travels with one unit of work (a request, a message, a timer) through everything it causes. */
export interface CallContext {
  readonly requestId: string
  readonly trace: TraceContext
  /** When the caller stops waiting, in milliseconds of `performance.now()`. */
  readonly deadlineAt?: number
  /** Set while a database transaction is open: nothing outside may be called then. */
  readonly transactionOpen?: boolean
}

// Holds nothing itself: like OpenTelemetry's context it is a key into each asynchronous flow.
const storage = new AsyncLocalStorage<CallContext>()

/** Runs work in a context; everything it awaits sees the same one. */
export function runInContext<Result>(context: CallContext, work: () => Result): Result {
  return storage.run(context, work)
}

/** Gives the context of the work now running, if any. */
export function currentContext(): CallContext | undefined {
  return storage.getStore()
}
