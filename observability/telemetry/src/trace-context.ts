import { newSpanId, newTraceId } from './random-ids.ts'

/** W3C trace context of one unit of work: 32 and 16 hex digits, and the sampling flags (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  readonly traceId: string
  readonly spanId: string
  readonly flags: string
  readonly state?: string
}

const traceparentForm = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/
const ofVersion00 = 55
const noTrace = '0'.repeat(32)
const noSpan = '0'.repeat(16)

// it is carried into every message and header that follows: what those could not hold, or no vendor needs, is left behind
const stateForm = /^[\x20-\x7e]{1,512}$/

// sampled, and random id; what later versions say in other bits is not passed on as if this one understood it
const knownFlags = 0x03
const sampledFlag = 0x01

/** Reads a `traceparent` header; `undefined` when it is absent, malformed, all zero or of the forbidden version ff. A `tracestate` that is none is passed over. */
export function parseTraceparent(traceparent: string | undefined, state?: string): TraceContext | undefined {
  if (traceparent === undefined || !traceparentForm.test(traceparent)) return undefined
  // only a later version may say more than this one knows
  if (traceparent.startsWith('ff') || (traceparent.length > ofVersion00 && traceparent.startsWith('00'))) return undefined
  const [traceId, spanId] = [traceparent.slice(3, 35), traceparent.slice(36, 52)]
  if (traceId === noTrace || spanId === noSpan) return undefined
  const flags = masked(traceparent.slice(53, 55), knownFlags)
  return state === undefined || !stateForm.test(state) ? { traceId, spanId, flags } : { traceId, spanId, flags, state }
}

/** Writes a `traceparent` header. */
export function formatTraceparent(trace: TraceContext): string {
  return `00-${trace.traceId}-${trace.spanId}-${trace.flags}`
}

/** Starts a trace of its own, sampled. */
export function newTrace(): TraceContext {
  return { traceId: newTraceId(), spanId: newSpanId(), flags: '01' }
}

/** Takes a step inside a trace: same trace, new span id. */
export function childOf(trace: TraceContext): TraceContext {
  const { traceId, flags, state } = trace
  const spanId = newSpanId()
  return state === undefined ? { traceId, spanId, flags } : { traceId, spanId, flags, state }
}

/** Tells whether whoever began the trace wants it recorded. */
export function isSampled({ flags }: TraceContext): boolean {
  return (Number.parseInt(flags, 16) & sampledFlag) !== 0
}

/** Gives the same ids with the mark that they are recorded. */
export function sampled(trace: TraceContext): TraceContext {
  return isSampled(trace) ? trace : { ...trace, flags: (Number.parseInt(trace.flags, 16) | sampledFlag).toString(16).padStart(2, '0') }
}

/** Gives the same ids with the mark that nobody records them. */
export function unsampled(trace: TraceContext): TraceContext {
  return withFlags(trace, knownFlags & ~sampledFlag)
}

function withFlags(trace: TraceContext, mask: number): TraceContext {
  const flags = masked(trace.flags, mask)
  return flags === trace.flags ? trace : { ...trace, flags }
}

function masked(flags: string, mask: number): string {
  const all = Number.parseInt(flags, 16)
  return (all & mask) === all ? flags : (all & mask).toString(16).padStart(2, '0')
}
