import { randomUUID } from 'node:crypto'
import { isSpanContextValid, ROOT_CONTEXT, trace as openTelemetry, type Context, type ContextManager } from '@opentelemetry/api'
import { flow, OutsideCall, type CallContext } from '../call-context.ts'
import type { TraceContext } from '../trace-context.ts'
import { IdsOnlySpan } from './ids-only-span.ts'
import { AdoptedSpan } from './adopted-span.ts'
import { spanContextOf, traceOf } from './span-context.ts'

const given = Symbol('the context OpenTelemetry was given')

/** A call context made from one of OpenTelemetry's. The mark holds as long as the call is at the same step of the trace. */
interface GivenContext extends CallContext {
  readonly [given]?: { readonly context: Context; readonly trace: TraceContext }
}

/**
 * Answers OpenTelemetry from our call context, and the other way round: code that uses OpenTelemetry directly nests under our
 * spans, and what we do inside its spans nests under them. Functions can be bound to a context; emitters are left as they are.
 */
export const contextFromCalls: ContextManager = {
  active(): Context {
    const here: GivenContext | OutsideCall | undefined = flow.getStore()
    if (here === undefined) return ROOT_CONTEXT
    if (here instanceof OutsideCall) return here.openTelemetry
    const mark = here[given]
    if (mark?.trace === here.trace) return mark.context
    if (here.span?.trace === here.trace && here.span.openTelemetry !== undefined) return here.span.openTelemetry
    return openTelemetry.setSpanContext(ROOT_CONTEXT, spanContextOf(here.trace, { isRemote: false }))
  },
  with(context, work, thisArg, ...args) {
    return flow.run(callIn(context), () => work.call(thisArg as ThisParameterType<typeof work>, ...args))
  },
  bind(context, target) {
    if (typeof target !== 'function') return target
    const bound = function (this: unknown, ...args: unknown[]): unknown {
      return flow.run(callIn(context), () => Reflect.apply(target, this, args))
    }
    return bound as typeof target
  },
  enable: () => contextFromCalls,
  disable: () => contextFromCalls,
}

function callIn(context: Context): CallContext | OutsideCall {
  const here = flow.getStore()
  const call = here instanceof OutsideCall ? undefined : here
  const span = openTelemetry.getSpan(context)
  const ids = span?.spanContext()
  if (span === undefined || ids === undefined || !isSpanContextValid(ids)) {
    return call === undefined ? new OutsideCall(context) : marked(call, context)
  }
  if (call?.trace.spanId === ids.spanId) return marked(call, context)
  const trace = traceOf(ids)
  if (call?.span === undefined) return marked({ ...(call ?? { requestId: randomUUID() }), trace }, context)
  const { tracing } = call.span
  const adopted = span.isRecording() ? new AdoptedSpan(span, { trace, tracing }) : new IdsOnlySpan(trace, tracing)
  return marked({ ...call, trace, span: adopted }, context)
}

function marked(call: CallContext, context: Context): GivenContext {
  return { ...call, [given]: { context, trace: call.trace } }
}
