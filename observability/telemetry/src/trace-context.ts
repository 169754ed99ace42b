import { randomBytes } from 'node:crypto'

/** W3C trace context of one unit of work: 32 and 16 hex digits, and the sampling flags (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  readonly traceId: string
  readonly spanId: string
  readonly flags: string
  readonly state?: string
}

const traceparentForm = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

/** Reads a `traceparent` header; `undefined` when it is absent, malformed, all zero or of the forbidden version ff. */
export function parseTraceparent(traceparent: string | undefined, state?: string): TraceContext | undefined {
  const parts = traceparent === undefined ? null : traceparentForm.exec(traceparent)
  if (parts === null) return undefined
  const [, version = '', traceId = '', spanId = '', flags = ''] = parts
  if (version === 'ff' || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return state === undefined ? { traceId, spanId, flags } : { traceId, spanId, flags, state }
}

/** Writes a `traceparent` header. */
export function formatTraceparent(trace: TraceContext): string {
  return `00-${trace.traceId}-${trace.spanId}-${trace.flags}`
}

/** Starts a trace of its own, sampled. */
export function newTrace(): TraceContext {
  return { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), flags: '01' }
}

/** Takes a step inside a trace: same trace, new span id. */
export function childOf(trace: TraceContext): TraceContext {
  return { ...trace, spanId: randomBytes(8).toString('hex') }
}
