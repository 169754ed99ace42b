import { currentContext, runInContext } from '../call-context.ts'
import type { Attributes } from '../vocabulary/attributes.ts'
import { errorTypeOf } from './error-type.ts'
import type { SpanOptions, StartedSpan } from './span.ts'

/** What a part of a call's work is recorded as: `internal` unless said. */
export type PartOptions = Partial<Omit<SpanOptions, 'parent'>>

/**
 * Does a part of the current call's work in a span of its own, of the same service, and ends it when the work has: with the
 * class of what it throws, if it does. Where nobody records the call, it does the work and nothing else.
 */
export function inSpan<Result>(name: string, options: PartOptions, work: () => Result): Result {
  const context = currentContext()
  if (context?.span === undefined || !context.span.isRecording) return work()
  const span = context.span.tracing.start(name, { kind: 'internal', ...options, parent: context.trace })
  return runInContext({ ...context, trace: span.trace, span }, () => ending(span, work))
}

/** Says something of the current call on its span, if it has one. */
export function annotate(attributes: Attributes): void {
  currentContext()?.span?.set(attributes)
}

function ending<Result>(span: StartedSpan, work: () => Result): Result {
  let result: Result
  try {
    result = work()
  } catch (error) {
    span.end({ error: errorTypeOf(error) })
    throw error
  }
  if (!(result instanceof Promise)) {
    span.end()
    return result
  }
  return result.then(
    (value: unknown) => {
      span.end()
      return value
    },
    (error: unknown) => {
      span.end({ error: errorTypeOf(error) })
      throw error
    },
  ) as Result
}
