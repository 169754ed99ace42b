import type { Context } from '@opentelemetry/api'
import type { TraceContext } from '../trace-context.ts'
import type { Attributes } from '../vocabulary/attributes.ts'

export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal'

export interface SpanOptions {
  readonly kind: SpanKind
  /** Absent: a new trace begins. */
  readonly parent?: TraceContext | undefined
  readonly attributes?: Attributes | undefined
  /** When it began, in milliseconds since 1970; now unless said. For what is known only once it has ended. */
  readonly startedAtMs?: number | undefined
  /** Steps of this or other traces that led here too. */
  readonly links?: readonly TraceContext[] | undefined
}

/** A step that has begun. Whoever starts one ends it, exactly once. */
export interface StartedSpan {
  /** Its ids and flags: what goes into `CallContext.trace` and a `traceparent`. */
  readonly trace: TraceContext
  /** What started it, and starts its children. */
  readonly tracing: Tracing
  /** False where nobody will see it: telemetry off, nothing listening, or not sampled. */
  readonly isRecording: boolean
  /** OpenTelemetry's context with this span in it, for code that uses OpenTelemetry directly. */
  readonly openTelemetry?: Context | undefined
  /** Gives it another name, where what it is becomes known only on the way: a request's route, say. */
  rename(name: string): void
  set(attributes: Attributes): void
  /** Ends it. `error` names a class of failures (an error code, a class name), never a message with values in it. */
  end(failure?: { readonly error: string }): void
}

/** Starts the spans of one service. */
export interface Tracing {
  readonly service: string
  /** Starts a span. Never throws; with telemetry off it makes ids and nothing else. */
  start(name: string, options: SpanOptions): StartedSpan
}
