import { currentContext, newTrace, parseTraceparent, runInContext, type TraceContext } from '@observability/telemetry'
import type { StoredSaga } from '../store/saga-row.ts'

/** Gives the step of a trace in which a saga was started. */
export function traceOfSaga({ traceparent }: StoredSaga): TraceContext {
  return parseTraceparent(traceparent) ?? newTrace()
}

/**
 * Does something in the trace in which the saga was started, such as sending: all its steps lie beside each other there,
 * whichever delivery, in whichever trace, brought the answer that led to them.
 */
export function inTraceOfSaga<Result>(stored: StoredSaga, work: () => Result): Result {
  const { span: _, ...context } = currentContext() ?? { requestId: stored.requestId }
  return runInContext({ ...context, trace: traceOfSaga(stored) }, work)
}
