import { runInContext } from '../call-context.ts'
import type { StartedSpan } from '../tracing/span.ts'

/** Does work as the call a span stands for, as a listener or consumer would. */
export function inCall<Result>(span: StartedSpan, work: () => Result): Result {
  return runInContext({ requestId: 'request-1', trace: span.trace, span }, work)
}
